import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'

import { ToastProvider } from './toast.tsx'

/** What the primitives need around them: notices, and no inline style elements, which our content policy forbids. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <ToastProvider>{children}</ToastProvider>
    </CSPProvider>
  )
}
