import { createContext, lazy, Suspense, use, useMemo, useState, type ReactNode } from 'react'

import type { Notice, ToastDetails } from './notice.ts'
import { PlainToasts } from './plain-toasts.tsx'

/** A notice must not fail for want of the code that draws it: it stands around everything, and would take the page along. */
const ToastHost = lazy(async () => {
  try {
    return { default: (await import('./toast-host.tsx')).ToastHost }
  } catch {
    return { default: PlainToasts }
  }
})

interface Toasts {
  success: (title: string, details?: ToastDetails) => void
  danger: (title: string, details?: ToastDetails) => void
  info: (title: string, details?: ToastDetails) => void
}

const ToastContext = createContext<Toasts>({ success: () => {}, danger: () => {}, info: () => {} })

/** Short notices at the corner. For what the page itself shows already, use nothing. */
export function useToast(): Toasts {
  return use(ToastContext)
}

/** Takes the notices; once, around everything. What draws them is fetched with the first one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const toasts = useMemo((): Toasts => {
    const show =
      (tone: Notice['tone']) =>
      (title: string, details: ToastDetails = {}): void =>
        setNotices((before) => [...before, { tone, title, ...details }])
    return { success: show('success'), danger: show('danger'), info: show('info') }
  }, [])
  return (
    <ToastContext value={toasts}>
      {children}
      {notices.length > 0 && (
        <Suspense>
          <ToastHost notices={notices} />
        </Suspense>
      )}
    </ToastContext>
  )
}
