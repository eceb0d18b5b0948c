import type { FormEventHandler, ReactNode, Ref } from 'react'

import { Button } from './button.tsx'
import { DialogFooter } from './dialog.tsx'
import { FormError, type FormErrorProps } from './form-error.tsx'

export interface DialogFormProps {
  children: ReactNode
  onSubmit: FormEventHandler<HTMLFormElement>
  onCancel: () => void
  /** The effect in words: "Create workspace". */
  submitLabel: string
  tone?: 'danger' | 'primary' | undefined
  pending: boolean
  /** While there is nothing to submit. */
  disabled?: boolean | undefined
  /** Why it did not work; what was typed stays. */
  failure: FormErrorProps | undefined
  /** To know before submitting, beside the buttons. */
  note?: ReactNode
  ref?: Ref<HTMLFormElement> | undefined
}

/** The form that is all of a dialog: its fields, what the server said to them, and the two ways out. */
export function DialogForm({ children, failure, note, onSubmit, onCancel, ...rest }: DialogFormProps) {
  const { submitLabel, tone = 'primary', pending, disabled, ref } = rest
  return (
    <form ref={ref} onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      {children}
      {failure && <FormError {...failure} />}
      <DialogFooter>
        {note}
        <Button onClick={onCancel} disabled={pending}>
          Cancel
        </Button>
        <Button type="submit" variant={tone} pending={pending} disabled={disabled}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
