import { useEffect, useRef, useState, type RefObject } from 'react'

/** On the cross of a dialog: the focus never starts there. */
export const closeMark = { 'data-dialog-close': '' }

const fieldSelector = [
  'input:not([type="hidden"])',
  'select',
  'textarea',
  '[role="combobox"]',
  '[role="radio"]',
  '[role="checkbox"]',
  '[role="switch"]',
].join()
const pressableSelector = 'a[href], button'
const unusableSelector = ':disabled, [aria-disabled="true"], [data-disabled], [aria-hidden="true"], [tabindex="-1"]'

function firstOf(container: HTMLElement, selector: string): HTMLElement | undefined {
  return [...container.querySelectorAll<HTMLElement>(selector)].find(
    (element) => !element.matches(unusableSelector) && !('dialogClose' in element.dataset) && element.checkVisibility(),
  )
}

/** Where a reader starts: the first field, else the first button that does something, else the box itself. */
export function firstStop(container: HTMLElement): HTMLElement {
  return firstOf(container, fieldSelector) ?? firstOf(container, pressableSelector) ?? container
}

/** The rows of a page that shows a grid. */
export function pageGrid(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main [role="grid"]')
}

function focusPage() {
  const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('h1')
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
  const target = pageGrid() ?? heading
  target?.focus({ preventScroll: true })
}

/** On the box of a dialog or sheet: messages and popovers have the role as well, but do not hold the page. */
export const modalMark = { 'data-modal': '' }
const openDialog = () => [...document.querySelectorAll<HTMLElement>('[data-modal][data-open]')].at(-1)
const isLost = () => document.activeElement === null || document.activeElement === document.body

/** The list that held the pressed button may be drawn again a moment after the dialog closes, so it is looked at more than once. */
const checksMs = [30, 150, 500, 1_000]

function keepFocus(opener: Element | null) {
  const check = () => {
    if (!isLost()) return
    const inside = openDialog()
    if (inside) firstStop(inside).focus({ preventScroll: true })
    else if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body)
      opener.focus({ preventScroll: true })
    if (isLost()) focusPage()
  }
  for (const delay of checksMs) setTimeout(check, delay)
}

/** Inside a dialog's portal: when the dialog goes and what opened it is gone too, the focus goes to the page's grid or heading. */
export function FocusKeeper() {
  // Read while rendering, which is before a field with `autoFocus` takes the focus.
  const [opener] = useState(() => document.activeElement)
  useEffect(() => () => keepFocus(opener), [opener])
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

/** The focus of one dialog at its start and end, as Base UI takes it. */
export function useDialogFocus(
  initialFocus: RefObject<HTMLElement | null> | undefined,
  finalFocus: FinalFocus | undefined,
) {
  const popupRef = useRef<HTMLDivElement>(null)
  return {
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
    ...(finalFocus && { finalFocus: () => finalFocus() ?? true }),
  }
}
