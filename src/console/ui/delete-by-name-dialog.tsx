import type { ReactNode } from 'react'

import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx'
import { useToast } from './toast.tsx'

const words = { delete: ['Delete', 'deleted'], remove: ['Remove', 'removed'] } as const

export interface DeleteByNameDialogProps extends Pick<ConfirmDialogProps, 'error' | 'finalFocus'> {
  /** The kind of thing, as within a sentence: `schedule`, `API group`. */
  kind: string
  /** What it is called; typed before the button works. */
  name: string
  /** `remove` for what is only forgotten here and goes on elsewhere; `delete` by default. */
  verb?: keyof typeof words | undefined
  /** What is lost with it, and what stays. */
  children: ReactNode
  /** Starts the deletion; `onSuccess` is to be called when it is done. */
  onDelete: (onSuccess: () => void) => void
  pending: boolean
  onClose: () => void
  /** When it is gone, in place of `onClose`: for a page that leaves with the thing it shows. */
  onDeleted?: (() => void) | undefined
}

/** Deletes what cannot be brought back: its name is typed first, and a toast says that it is gone. */
export function DeleteByNameDialog(props: DeleteByNameDialogProps) {
  const { kind, name, verb = 'delete', onDelete, onClose, onDeleted = onClose, ...rest } = props
  const toast = useToast()
  const [effect, done] = words[verb]

  function handleConfirm() {
    onDelete(() => {
      toast.success(`${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${name} ${done}`)
      onDeleted()
    })
  }

  return (
    <ConfirmDialog
      {...rest}
      open
      onOpenChange={onClose}
      title={`${effect} ${kind} ${name}`}
      confirmLabel={`${effect} ${kind}`}
      typedName={name}
      onConfirm={handleConfirm}
    />
  )
}
