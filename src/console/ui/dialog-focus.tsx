import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

import { firstStop } from './focus-place.ts'
import { currentOpener, nearOpener, type Opener, rememberOpener, stillThere } from './opener.ts'

/** The rows of a page that shows a grid. */
export function pageGrid(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main [role="grid"]')
}

function pageHeading(): HTMLElement | null {
  const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('h1')
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
  return heading
}

/** On the box of a dialog or sheet: messages and popovers have the role as well, but do not hold the page. */
const modalMark = { 'data-modal': '' }
const openDialog = () => [...document.querySelectorAll<HTMLElement>('[data-modal][data-open]')].at(-1)
const isLost = () => document.activeElement === null || document.activeElement === document.body

/** What was pressed may be drawn again, or go, a moment after its effect, so it is looked at more than once. */
const checksMs = [30, 150, 500, 1_000, 2_000]

/** Where the focus can go after something, the best first: to what was pressed, what stands in its place, or the page. */
const stopsAfter = (opener: Opener) => [() => stillThere(opener), pageGrid, () => nearOpener(opener), pageHeading]

function firstAfter(opener: Opener): HTMLElement | null {
  for (const stop of stopsAfter(opener)) {
    const element = stop()
    if (element) return element
  }
  return null
}

/** Brings the focus back where it falls to nothing soon. */
export function keepFocus(opener: Opener) {
  const { pathname } = location
  const check = () => {
    // Another page sets its own focus.
    if (!isLost() || location.pathname !== pathname) return
    const inside = openDialog()
    const stops = inside ? [() => firstStop(inside)] : stopsAfter(opener)
    for (const stop of stops) {
      stop()?.focus({ preventScroll: true })
      if (!isLost()) return
    }
  }
  for (const delay of checksMs) setTimeout(check, delay)
}

/** Inside a dialog's portal: notes what opened the dialog, and looks after the focus when it goes. */
export function FocusKeeper({ onOpen }: { onOpen: (opener: Opener) => void }) {
  // Read while rendering, which is before a field with `autoFocus` takes the focus.
  const [opener] = useState(currentOpener)
  useEffect(() => {
    onOpen(opener)
    return () => keepFocus(opener)
  }, [opener, onOpen])
  return null
}

/** For content that comes after its dialog: moves the focus to its first field, unless the reader is already in it. */
export function useFocusFirst<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null)
  useEffect(() => {
    // The dialog sets its own first focus in the next frame.
    const timer = setTimeout(() => {
      const container = ref.current
      if (container && !container.contains(document.activeElement)) firstStop(container).focus()
    }, 40)
    return () => clearTimeout(timer)
  }, [])
  return ref
}

/** Where the focus goes when a dialog has closed; without an answer, to what opened it. */
export type FinalFocus = () => HTMLElement | null | undefined

/** Once everything is drawn: unless the dialog stays after all, or the focus went elsewhere, such as into one that takes its place. */
function leaveTo(stop: HTMLElement, popup: HTMLElement | null) {
  queueMicrotask(() => {
    const active = document.activeElement
    const isElsewhere = !isLost() && popup?.contains(active) === false
    if (!isElsewhere && !popup?.matches('[data-open]:is(body *)')) stop.focus({ preventScroll: true })
  })
}

/** The focus of one dialog: `keeper` for the `FocusKeeper` in its portal, `popup` for its box as Base UI takes it. */
export function useDialogFocus(
  initialFocus: RefObject<HTMLElement | null> | undefined,
  finalFocus: FinalFocus | undefined,
) {
  const popupRef = useRef<HTMLDivElement>(null)
  const openerRef = useRef<Opener>(undefined)
  const handleOpen = useCallback((opener: Opener) => {
    openerRef.current = opener
    if (popupRef.current) rememberOpener(popupRef.current, opener)
  }, [])
  return {
    keeper: { onOpen: handleOpen },
    popup: {
      ...modalMark,
      ref: popupRef,
      initialFocus:
        initialFocus ??
        // A field would bring up the keyboard of a touch screen, over half of the dialog.
        ((opened: string) => {
          const popup = popupRef.current
          if (popup === null) return true
          return opened === 'touch' ? popup : firstStop(popup)
        }),
      // Base UI takes a field with `autoFocus` for what opened the dialog, and then goes to what opened an earlier one.
      finalFocus: () => {
        const stop = finalFocus?.() ?? (openerRef.current && firstAfter(openerRef.current))
        if (stop) leaveTo(stop, popupRef.current)
        return !stop
      },
    },
  }
}
