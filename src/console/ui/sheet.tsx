import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { DialogClose } from './dialog-close.tsx'
import { FocusKeeper, useDialogFocus } from './dialog-focus.tsx'
import type { DialogProps } from './dialog.tsx'
import { backdropClass } from './overlay-classes.ts'

const sides = {
  right: 'right-0 border-l data-starting-style:translate-x-4 data-ending-style:translate-x-4',
  left: 'left-0 border-r data-starting-style:-translate-x-4 data-ending-style:-translate-x-4',
}
const widths = { sm: 'w-72', md: 'w-112', lg: 'w-180' }

export interface SheetProps extends Omit<DialogProps, 'size' | 'dismissible'> {
  /** Buttons that stay at the bottom while the content scrolls. */
  footer?: ReactNode
  side?: keyof typeof sides | undefined
  size?: keyof typeof widths | undefined
  /** Without padding, for lists that go from edge to edge. */
  flush?: boolean | undefined
}

/** A panel that slides over one side: details of a row, the navigation on a narrow screen. */
export function Sheet({
  title,
  description,
  children,
  footer,
  open,
  onOpenChange,
  trigger,
  side = 'right',
  size = 'md',
  flush,
  initialFocus,
  finalFocus,
}: SheetProps) {
  const focus = useDialogFocus(initialFocus, finalFocus)
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <FocusKeeper {...focus.keeper} />
        <BaseDialog.Backdrop forceRender className={backdropClass} />
        <BaseDialog.Popup
          {...focus.popup}
          className={cx(
            'fixed inset-y-0 z-40 flex max-w-[calc(100vw-2.5rem)] flex-col bg-overlay text-foreground shadow-overlay outline-none',
            'transition-[opacity,translate] duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0',
            sides[side],
            widths[size],
          )}
        >
          <div className="flex items-start justify-between gap-4 border-b px-4 py-2.5">
            <div className="min-w-0">
              <BaseDialog.Title className="text-lg leading-7 font-semibold wrap-anywhere">{title}</BaseDialog.Title>
              {description && (
                <BaseDialog.Description className="text-sm text-muted">{description}</BaseDialog.Description>
              )}
            </div>
            <DialogClose className="-mr-1.5" />
          </div>
          <div className={cx('min-h-0 flex-1 overflow-y-auto overscroll-contain', !flush && 'p-4')}>{children}</div>
          {footer && <div className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</div>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
