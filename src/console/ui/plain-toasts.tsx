import { X } from 'lucide-react'
import { useState } from 'react'

import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import type { Notice } from './notice.ts'

/** Notices at once; the newest ones. */
const SHOWN = 4

/**
 * Notices where the code that draws them well could not be fetched: most likely the server is away, and the notice says
 * so. Each stays until it is closed.
 */
export function PlainToasts({ notices }: { notices: readonly Notice[] }) {
  const [closed, setClosed] = useState<readonly Notice[]>([])
  const open = notices.filter((notice) => !closed.includes(notice)).slice(-SHOWN)
  return (
    <ul aria-live="polite" className="fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-90">
      {open.map((notice) => (
        <li
          key={notices.indexOf(notice)}
          className="flex items-start gap-2.5 rounded-lg bg-overlay p-3 text-sm shadow-overlay"
        >
          <PlainToast notice={notice} onClose={() => setClosed((before) => [...before, notice])} />
        </li>
      ))}
    </ul>
  )
}

function PlainToast({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { title, description, action } = notice
  function handleAction() {
    action?.onSelect()
    onClose()
  }
  return (
    <>
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{title}</p>
        {description && <p className="wrap-anywhere text-muted">{description}</p>}
        {action && (
          <Button size="sm" className="mt-2" onClick={handleAction}>
            {action.label}
          </Button>
        )}
      </div>
      <IconButton label="Close notice" size="sm" className="-my-1 -mr-1" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </>
  )
}
