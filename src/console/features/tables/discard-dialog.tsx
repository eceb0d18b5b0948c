import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'

export interface DiscardDialogProps {
  onCancel: () => void
  onDiscard: () => void
}

export function DiscardDialog({ onCancel, onDiscard }: DiscardDialogProps) {
  return (
    <ConfirmDialog
      open
      onOpenChange={onCancel}
      title="Discard the changes"
      confirmLabel="Discard changes"
      cancelLabel="Go on editing"
      onConfirm={onDiscard}
    >
      <p>What was typed here is not saved yet.</p>
    </ConfirmDialog>
  )
}
