import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

export interface DiscardDialogProps {
  changeCount: number
  onCancel: () => void
  onDiscard: () => void
}

export function DiscardDialog({ changeCount, onCancel, onDiscard }: DiscardDialogProps) {
  return (
    <ConfirmDialog
      open
      onOpenChange={onCancel}
      title={`Discard ${formatCount(changeCount, 'change')}`}
      confirmLabel="Discard changes"
      cancelLabel="Go on editing"
      onConfirm={onDiscard}
    >
      <p>What was typed here is not saved yet.</p>
    </ConfirmDialog>
  )
}
