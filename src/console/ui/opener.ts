import { type Place, placeOf, stopNear } from './focus-place.ts'

/** What somebody pressed to open a dialog, and where it stood. */
export interface Opener {
  element: Element | null
  place: Place
}

/** The button of the menu in which something was chosen last: the choice itself goes with its menu. */
let menuButton: Element | null = null

/** What opened the dialogs that are, or were, open; by the dialog's box. */
const openers = new WeakMap<Element, Opener>()

function buttonOf(menu: Element): Element | null {
  return document.querySelector(`[aria-haspopup="menu"][aria-controls="${CSS.escape(menu.id)}"]`)
}

/** Call it as something in a menu is chosen. */
export function noteMenuChoice(choice: Element): void {
  const menu = choice.closest('[role="menu"]')
  menuButton = menu && (buttonOf(menu) ?? menuButton)
}

/** What is pressed now; of a choice in a menu, that menu's button. */
export function openerOf(pressed: Element): Opener {
  if (pressed.closest('[role="menu"]') === null) return { element: pressed, place: placeOf(pressed) }
  noteMenuChoice(pressed)
  return { element: menuButton, place: menuButton === null ? [] : placeOf(menuButton) }
}

/** What has the focus as a dialog comes; in place of a choice in a menu, that menu's button. */
export function currentOpener(): Opener {
  const active = document.activeElement
  const isOfPage = active !== null && active !== document.body && active.closest('[role="menu"]') === null
  const element = isOfPage ? active : menuButton
  return { element, place: element === null ? [] : placeOf(element) }
}

/** Ties a dialog to what opened it, so that a dialog in its place can go back further. */
export function rememberOpener(dialog: Element, opener: Opener): void {
  openers.set(dialog, opener)
}

/** Where the focus goes back to; null where that is gone. What opened the dialog from within another one goes with that. */
export function stillThere({ element }: Opener): HTMLElement | null {
  let candidate = element
  for (let depth = 0; depth < 5 && candidate !== null; depth += 1) {
    if (candidate instanceof HTMLElement && candidate.checkVisibility() && candidate !== document.body) return candidate
    const dialog: Element | null = candidate.closest('[data-modal]')
    candidate = (dialog && openers.get(dialog)?.element) ?? null
  }
  return null
}

/** What stands where it stood. */
export const nearOpener = ({ place }: Opener): HTMLElement | null => stopNear(place)
