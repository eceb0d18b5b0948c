import { useRef } from 'react'

import { Dialog } from '#console/ui/dialog.tsx'
import { Kbd } from '#console/ui/kbd.tsx'

import { shortcuts } from './shortcuts.ts'

/** Every shortcut that works anywhere. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const listRef = useRef<HTMLDListElement>(null)
  return (
    <Dialog
      title="Keyboard shortcuts"
      description="They work wherever no text is being typed."
      open={open}
      onOpenChange={onOpenChange}
      initialFocus={listRef}
    >
      <dl ref={listRef} tabIndex={-1} className="flex flex-col gap-2 text-base outline-none">
        {shortcuts.map(({ keys, effect }) => (
          <div key={effect} className="flex items-center justify-between gap-4">
            <dt>{effect}</dt>
            <dd>
              <Kbd keys={keys.split(' ')} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
