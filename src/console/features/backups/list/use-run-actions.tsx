import { useMemo, useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'

import { CancelBackupDialog } from '../cancel-backup-dialog.tsx'
import { DeleteBackupDialog } from '../delete-backup-dialog.tsx'
import { ReadBackupDialog } from '../read-backup-dialog.tsx'
import { usePin } from '../use-pin.ts'
import { useReadBackup } from '../use-read-backup.ts'
import { backupColumns, type BackupColumnsInput } from './backup-columns.tsx'

type RunActionsInput = Pick<BackupColumnsInput, 'atHand' | 'isMixed' | 'isWhole'>

/** The columns of the list, whose menus act, and the dialogs that those open. */
export function useRunActions({ atHand, isMixed, isWhole }: RunActionsInput) {
  const [deleting, setDeleting] = useState<Backup>()
  const [cancelling, setCancelling] = useState<Backup>()
  const read = useReadBackup()
  const { start } = read
  const { toggle: onPin } = usePin()
  const columns = useMemo(
    () =>
      backupColumns({
        atHand,
        isMixed,
        isWhole,
        onDelete: setDeleting,
        onCancel: setCancelling,
        onVerify: (backup) => start('verify', backup),
        onPin,
      }),
    [atHand, isMixed, isWhole, start, onPin],
  )

  const dialogs = (
    <>
      {deleting && <DeleteBackupDialog backup={deleting} onClose={() => setDeleting(undefined)} />}
      {cancelling && <CancelBackupDialog backup={cancelling} onClose={() => setCancelling(undefined)} />}
      {read.asked && <ReadBackupDialog read={read} />}
    </>
  )
  return { columns, dialogs }
}
