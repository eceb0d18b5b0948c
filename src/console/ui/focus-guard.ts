import { useEffect } from 'react'

import { keepFocus } from './dialog-focus.tsx'
import { openerOf } from './opener.ts'

/**
 * Whoever presses a button by the keyboard keeps their place when the button goes with its effect: a row that leaves its
 * list, a shortcut that was used, a notice that closes.
 */
export function useFocusGuard(): void {
  useEffect(() => {
    function handleClick({ detail, target }: MouseEvent) {
      // A click without a pointer, on what is pressed or on a choice of a menu.
      if (detail === 0 && target instanceof Element && target.contains(document.activeElement))
        keepFocus(openerOf(target))
    }
    document.addEventListener('click', handleClick, { capture: true })
    return () => document.removeEventListener('click', handleClick, { capture: true })
  }, [])
}
