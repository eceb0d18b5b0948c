import { useMutation, useQuery } from '@tanstack/react-query'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { protection } from '#console/data/protection.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { formatBytes } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { confirmName, deleteTitle, hasArchive } from './backup-words.ts'

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
        toast.success(`Backup #${backup.id} deleted`)
        onClose()
        onDeleted?.()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={deleteTitle(backup)}
      confirmLabel="Delete backup"
      typedName={hasArchive(backup) ? confirmName(backup) : undefined}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The backup was not deleted')}
      onConfirm={handleConfirm}
    >
      {hasArchive(backup) ? (
        <>
          <p className="tabular-nums">
            Taken {formatLocal(new Date(backup.createdAt))} (<RelativeTime at={backup.createdAt} />
            ), {formatBytes(backup.bytes)}.
          </p>
          <NewestNote backup={backup} />
          <p>
            The archive is removed from storage and cannot be restored any more. The workspace itself is not touched.
          </p>
        </>
      ) : (
        <p>
          The run of {formatLocal(new Date(backup.createdAt))} (<RelativeTime at={backup.createdAt} />) left no archive.
          It goes from the list, and nothing else changes.
        </p>
      )}
    </ConfirmDialog>
  )
}

/** That nothing newer is left without it. */
function NewestNote({ backup: { id, workspaceId, workspaceName } }: Pick<DeleteBackupDialogProps, 'backup'>) {
  const list = useQuery({ ...protection.list(workspaceId ?? 0), enabled: workspaceId !== null })
  const found = list.data?.find((item) => item.workspaceId === workspaceId)
  if (found?.lastGood?.id !== id) return null
  return (
    <p className="font-medium wrap-anywhere text-danger">
      It is the newest good backup of {workspaceName}: only older ones are left without it, if there are any.
    </p>
  )
}
