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

/** On the cross of a dialog: the focus never starts there. */
export const closeMark = { 'data-dialog-close': '' }
/** On what a dialog is for, where that is not its first field: the focus starts there. */
export const startMark = { 'data-dialog-start': '' }
const startSelector = '[data-dialog-start]'

function firstOf(container: Element, selector: string): HTMLElement | undefined {
  return [...container.querySelectorAll<HTMLElement>(selector)].find(
    (element) => !element.matches(unusableSelector) && !('dialogClose' in element.dataset) && element.checkVisibility(),
  )
}

/** Where a reader starts: what is marked, else the first field, else the first button that does something, else the box itself. */
export function firstStop(container: HTMLElement): HTMLElement {
  return (
    firstOf(container, startSelector) ??
    firstOf(container, fieldSelector) ??
    firstOf(container, pressableSelector) ??
    container
  )
}

/** Where an element stands: its ancestors, nearest first, with the number of the child that it is in. */
export type Place = readonly { parent: Element; index: number }[]

/** Remembers where an element stands, for when it is gone. */
export function placeOf(element: Element): Place {
  const place: { parent: Element; index: number }[] = []
  for (
    let child = element, parent = child.parentElement;
    parent !== null;
    child = parent, parent = child.parentElement
  ) {
    place.push({ parent, index: [...parent.children].indexOf(child) })
  }
  return place
}

/** What stands now where something was: the next row's control, or one of the same group; null where the page has none. */
export function stopNear(place: Place): HTMLElement | null {
  for (const { parent, index } of place) {
    if (parent === document.body) return null
    if (!parent.isConnected) continue
    const child = parent.children[Math.min(index, parent.children.length - 1)]
    const stop = (child && stopIn(child)) ?? stopIn(parent)
    if (stop !== undefined) return stop
    if (parent.matches('main, [data-modal]')) return null
  }
  return null
}

function stopIn(element: Element): HTMLElement | undefined {
  const selector = `${fieldSelector}, ${pressableSelector}`
  if (element instanceof HTMLElement && element.matches(selector) && !element.matches(unusableSelector)) return element
  return firstOf(element, selector)
}
