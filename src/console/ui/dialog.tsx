import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode, RefObject } from 'react'

import { cx } from '#console/lib/cx.ts'

import { dialogPopupClass } from './dialog-classes.ts'
import { type FinalFocus, FocusKeeper, useDialogFocus } from './dialog-focus.tsx'
import { closeMark } from './focus-place.ts'
import { IconButton } from './icon-button.tsx'
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
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="min-w-0">
              <BaseDialog.Title className="text-lg font-semibold text-balance wrap-anywhere">{title}</BaseDialog.Title>
              {description && (
                <BaseDialog.Description className="mt-1 text-base text-muted">{description}</BaseDialog.Description>
              )}
            </div>
            {dismissible && (
              <BaseDialog.Close
                render={
                  <IconButton {...closeMark} label="Close" size="sm" className="-mt-1 -mr-2">
                    <X aria-hidden />
                  </IconButton>
                }
              />
            )}
          </div>
          <div className="px-5 pt-4 pb-5">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** The buttons of a dialog, the one with the effect last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap items-center justify-end gap-2">{children}</div>
}
