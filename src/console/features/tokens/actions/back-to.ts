import type { FinalFocus } from '#console/ui/dialog-focus.tsx'

/**
 * Where the focus goes after a dialog of a token: back to what has it now, or, where that was an item of a menu that is
 * gone by then, to the button of the menu. Nowhere of its own where neither is left.
 */
export function backTo(tokenName: string): FinalFocus {
  const opener = document.activeElement
  const menu = `[aria-label="${CSS.escape(`Actions for ${tokenName}`)}"]`
  return () =>
    opener instanceof HTMLElement && opener !== document.body && opener.isConnected
      ? opener
      : document.querySelector<HTMLElement>(menu)
}
