import { Dialog } from '#console/ui/dialog.tsx'
import { Kbd } from '#console/ui/kbd.tsx'

import { shortcuts } from './shortcuts.ts'

/** Every shortcut that works anywhere. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      title="Keyboard shortcuts"
      description="They work wherever no text is being typed."
      open={open}
      onOpenChange={onOpenChange}
    >
      <dl className="flex flex-col gap-2 text-base">
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
