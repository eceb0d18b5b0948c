import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { IconButton } from './icon-button.tsx'
import type { Notice } from './notice.ts'

/** Long enough to read two lines; errors stay until closed. */
const shownMs = 6_000

const icons: Record<string, ReactNode> = {
  success: <CircleCheck aria-hidden className="text-success" />,
  danger: <CircleAlert aria-hidden className="text-danger" />,
  info: <Info aria-hidden className="text-info" />,
}

/** Where notices appear; its code comes with the first one. */
export function ToastHost({ notices }: { notices: readonly Notice[] }) {
  const [manager] = useState(() => Toast.createToastManager())
  const handed = useRef(0)

  useEffect(() => {
    for (const notice of notices.slice(handed.current)) addTo(manager, notice)
    handed.current = notices.length
  }, [manager, notices])

  return (
    <Toast.Provider limit={4} toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-90">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function addTo(manager: ReturnType<typeof Toast.createToastManager>, { tone, title, description, action }: Notice) {
  const id = manager.add({
    type: tone,
    title,
    description,
    timeout: tone === 'danger' ? 0 : shownMs,
    priority: tone === 'danger' ? 'high' : 'low',
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onSelect()
              manager.close(id)
            },
          },
        }
      : {}),
  })
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['right', 'down']}
      className="rounded-lg bg-overlay shadow-overlay transition-[opacity,translate] duration-[120ms] data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 p-3 text-sm [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]">
        <span className="mt-px">{icons[toast.type ?? 'info']}</span>
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium wrap-anywhere" />
          <Toast.Description className="wrap-anywhere text-muted" />
          <Toast.Action className="mt-1 rounded-xs font-medium text-accent underline-offset-4 hover:underline" />
        </div>
        <Toast.Close
          // Hidden by default while the pointer is elsewhere, though the keyboard reaches it all the time.
          aria-hidden={false}
          render={
            <IconButton label="Close notice" size="sm" className="-my-1 -mr-1">
              <X aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ))
}
