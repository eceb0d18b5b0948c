import { useMutation } from '@tanstack/react-query'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { formatBytes } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { confirmName, hasArchive } from './backup-words.ts'

export interface DeleteBackupDialogProps {
  backup: Backup
  onClose: () => void
  onDeleted?: (() => void) | undefined
}

export function DeleteBackupDialog({ backup, onClose, onDeleted }: DeleteBackupDialogProps) {
  const remove = useMutation(backups.remove())
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(backup.id, {
      onSuccess: () => {
        toast.success('Backup deleted')
        onClose()
        onDeleted?.()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the backup of ${confirmName(backup)}`}
      confirmLabel="Delete backup"
      typedName={hasArchive(backup) ? confirmName(backup) : undefined}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The backup was not deleted')}
      onConfirm={handleConfirm}
    >
      {hasArchive(backup) ? (
        <p>
          Taken <RelativeTime at={backup.createdAt} />, {formatBytes(backup.bytes)}. The archive is removed from storage
          and cannot be restored any more. The workspace itself is not touched.
        </p>
      ) : (
        <p>
          The run of <RelativeTime at={backup.createdAt} /> left no archive. It goes from the list, and nothing else
          changes.
        </p>
      )}
    </ConfirmDialog>
  )
}
