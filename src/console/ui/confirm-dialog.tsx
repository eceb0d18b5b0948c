import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef, useState, type FormEvent, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { Button } from './button.tsx'
import { dialogBodyClass, dialogHeadClass, dialogPopupClass } from './dialog-classes.ts'
import { type FinalFocus, FocusKeeper, useDialogFocus } from './dialog-focus.tsx'
import { DialogFooter } from './dialog.tsx'
import { FormError, type FormErrorProps } from './form-error.tsx'
import { backdropClass } from './overlay-classes.ts'
import { isTypedName, TypedNameField } from './typed-name-field.tsx'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the object: "Revoke token nightly-backup". */
  title: ReactNode
  /** What will happen, and to what. */
  children?: ReactNode
  /** The effect in words: "Revoke token". */
  confirmLabel: string
  onConfirm: () => void
  /** Must be typed before the button works: the object's name. */
  typedName?: string | undefined
  pending?: boolean | undefined
  /** Why it did not work; the dialog stays open. */
  error?: FormErrorProps | undefined
  /** `primary` for what can be undone. */
  tone?: 'danger' | 'primary' | undefined
  cancelLabel?: string | undefined
  /** Where the focus goes afterwards; by default to what opened it. */
  finalFocus?: FinalFocus | undefined
}

/** Asks once before something that can destroy. It cannot be left while the effect is under way. */
export function ConfirmDialog({ open, onOpenChange, pending = false, title, finalFocus, ...rest }: ConfirmDialogProps) {
  const firstRef = useRef<HTMLElement>(null)
  const focus = useDialogFocus(firstRef, finalFocus)
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next, details) => {
        if (pending) details.cancel()
        else onOpenChange(next)
      }}
    >
      <AlertDialog.Portal>
        <FocusKeeper {...focus.keeper} />
        <AlertDialog.Backdrop forceRender className={backdropClass} />
        <AlertDialog.Popup {...focus.popup} className={cx(dialogPopupClass, 'max-w-md')}>
          <div data-dialog-head="" className={dialogHeadClass}>
            <AlertDialog.Title className="min-w-0 text-lg font-semibold text-balance wrap-anywhere">
              {title}
            </AlertDialog.Title>
          </div>
          <ConfirmBody {...rest} pending={pending} onCancel={() => onOpenChange(false)} firstRef={firstRef} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

interface ConfirmBodyProps extends Omit<ConfirmDialogProps, 'open' | 'onOpenChange' | 'title' | 'finalFocus'> {
  onCancel: () => void
  firstRef: React.RefObject<HTMLElement | null>
}

/** Mounted anew at each opening, so that nothing typed earlier counts. */
function ConfirmBody({
  children,
  confirmLabel,
  onConfirm,
  typedName,
  pending = false,
  error,
  tone = 'danger',
  cancelLabel = 'Cancel',
  ...rest
}: ConfirmBodyProps) {
  const { onCancel, firstRef } = rest
  const [typed, setTyped] = useState('')
  const isLocked = typedName !== undefined && !isTypedName(typedName, typed)

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    if (!isLocked && !pending) onConfirm()
  }

  return (
    <form onSubmit={handleSubmit} noValidate className={dialogBodyClass}>
      {children && (
        <AlertDialog.Description render={<div />} className="mt-0.5 flex flex-col gap-2 text-base text-muted">
          {children}
        </AlertDialog.Description>
      )}
      {typedName !== undefined && (
        <TypedNameField
          ref={(element) => {
            firstRef.current = element
          }}
          className="mt-4"
          name={typedName}
          value={typed}
          onChange={setTyped}
          disabled={pending}
        />
      )}
      {error && (
        <div className="mt-4">
          <FormError {...error} />
        </div>
      )}
      <DialogFooter>
        <Button
          ref={(element) => {
            if (typedName === undefined) firstRef.current = element
          }}
          onClick={onCancel}
          disabled={pending}
        >
          {cancelLabel}
        </Button>
        <Button type="submit" variant={tone} pending={pending} disabled={isLocked}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
