import { useState } from 'react'

import type { FinalFocus } from '#console/ui/dialog-focus.tsx'

/** What has the focus as the component comes: a dialog that takes the place of another gives it back there, not to a button of the other. */
export function useOpener(): FinalFocus {
  const [opener] = useState(() => document.activeElement)
  return () => (opener instanceof HTMLElement && opener.isConnected ? opener : null)
}
