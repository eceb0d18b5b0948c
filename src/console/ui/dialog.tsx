import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactElement, ReactNode, RefObject } from 'react'

import { cx } from '#console/lib/cx.ts'

import { dialogBodyClass, dialogFootClass, dialogHeadClass, dialogPopupClass } from './dialog-classes.ts'
import { DialogClose } from './dialog-close.tsx'
import { type FinalFocus, FocusKeeper, useDialogFocus } from './dialog-focus.tsx'
import { backdropClass } from './overlay-classes.ts'

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl', xl: 'max-w-5xl' }

export interface DialogProps {
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** A button that opens it, when the caller keeps no state. */
  trigger?: ReactElement | undefined
  size?: keyof typeof widths | undefined
  /** `false` while something must be done first: Escape, the cross and the backdrop then do nothing. */
  dismissible?: boolean | undefined
  /** Where the focus starts; by default at the first field. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /** Where the focus goes afterwards; by default to what opened it. */
  finalFocus?: FinalFocus | undefined
}

/** A task in front of the page. End its content with `DialogFooter`. */
export function Dialog({
  title,
  description,
  children,
  open,
  onOpenChange,
  trigger,
  size = 'sm',
  dismissible = true,
  initialFocus,
  finalFocus,
}: DialogProps) {
  const focus = useDialogFocus(initialFocus, finalFocus)
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next, details) => {
        if (!next && !dismissible) details.cancel()
        else onOpenChange?.(next)
      }}
      disablePointerDismissal={!dismissible}
    >
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <FocusKeeper {...focus.keeper} />
        <BaseDialog.Backdrop forceRender className={backdropClass} />
        <BaseDialog.Popup {...focus.popup} className={cx(dialogPopupClass, widths[size])}>
          <div data-dialog-head="" className={dialogHeadClass}>
            <BaseDialog.Title className="min-w-0 text-lg font-semibold text-balance wrap-anywhere">
              {title}
            </BaseDialog.Title>
            {dismissible && <DialogClose className="-mt-1 -mr-2" />}
          </div>
          {description && (
            <BaseDialog.Description className="px-5 pb-1.5 text-base text-muted">{description}</BaseDialog.Description>
          )}
          <div className={cx(dialogBodyClass, 'pt-2.5')}>{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** The buttons of a dialog, the one with the effect last. They stay in view; what stands before them scrolls. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <div data-dialog-foot="" className={dialogFootClass}>
      {children}
    </div>
  )
}
