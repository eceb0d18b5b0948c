import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** The path that was announced last. A module variable, because each page mounts its own heading. */
let announcedPath: string | undefined

/**
 * Moves the focus to the page's heading after a navigation, so that a screen reader says where one is. The first page of a visit is left alone (the browser
 * announces it), and so is anything that already holds the focus inside the page, such as an autofocused field.
 */
export function useFocusHeading() {
  const ref = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()

  useEffect(() => {
    const isFirst = announcedPath === undefined
    const isNew = announcedPath !== pathname
    announcedPath = pathname
    if (isFirst || !isNew) return
    if (!isTextBoxOnPage(document.activeElement)) ref.current?.focus({ preventScroll: true })
  }, [pathname])

  return ref
}

function isTextBoxOnPage(element: Element | null): boolean {
  const isTextBox = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
  return isTextBox && element.closest('main, [role="dialog"]') !== null
}
