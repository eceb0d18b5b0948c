import { useMutation } from '@tanstack/react-query'

import type { Target } from '#api/contract/targets.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { targets } from '#console/data/targets.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Forgets a target. What lies there stays there; the server refuses while it knows of backups there. */
export function DeleteTargetDialog({ target, onClose }: { target: Target; onClose: () => void }) {
  const remove = useMutation(targets.remove())
  const toast = useToast()
  function handleConfirm() {
    if (target.id === null) return
    remove.mutate(target.id, {
      onSuccess: () => {
        toast.success(`Target ${target.name} removed`)
        onClose()
      },
    })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove target ${target.name}`}
      confirmLabel="Remove target"
      onConfirm={handleConfirm}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The target was not removed')}
    >
      <p>Its address and credentials are forgotten. Nothing is deleted there.</p>
    </ConfirmDialog>
  )
}
