import { useMutation } from '@tanstack/react-query'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

export function CancelBackupDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const cancel = useMutation(backups.cancel())
  const toast = useToast()
  const name = backup.workspaceName.trim()

  function handleConfirm() {
    cancel.mutate(backup.id, {
      onSuccess: () => {
        toast.info('The backup is being cancelled')
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={backup.kind === 'uploaded' ? `Cancel taking in ${name}` : `Cancel the backup of ${name}`}
      confirmLabel="Cancel backup"
      cancelLabel="Let it run"
      pending={cancel.isPending}
      error={formFailure(cancel.error, 'The backup was not cancelled')}
      onConfirm={handleConfirm}
    >
      <p>
        It ends within seconds, and nothing of this archive is kept. Earlier backups and the workspace stay as they are.
      </p>
    </ConfirmDialog>
  )
}
