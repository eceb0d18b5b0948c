import { Download, Pin, PinOff, Printer, RotateCcw, ShieldCheck, Trash2, X } from 'lucide-react'

import { deleteBackup, updateBackup, type Backup } from '#api/contract/backups.ts'
import { createRestore } from '#api/contract/restores.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { startDownload } from '#console/lib/start-download.ts'
import { Permitted } from '#console/scopes/permitted.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'
import { RowMenu } from '#console/ui/row-menu.tsx'

import { backupPath } from '../backup-path.ts'
import { hasArchive, isRestorable } from '../backup-words.ts'

export interface BackupMenuProps {
  backup: Backup
  /** The workspace that is looked at. */
  atHand: number
  onDelete: (backup: Backup) => void
  onCancel: (backup: Backup) => void
  onVerify: (backup: Backup) => void
  onPin: (backup: Backup) => void
}

/** What can be done with one backup. */
export function BackupMenu({ backup, atHand, onDelete, onCancel, onVerify, onPin }: BackupMenuProps) {
  const where = backup.workspaceId ?? undefined
  const canDelete = useMay()(deleteBackup, where)
  const label = `Actions for backup ${backup.id}`
  if (isRunning(backup)) {
    return (
      <RowMenu label={label}>
        <MenuItem danger onSelect={() => onCancel(backup)} icon={<X aria-hidden />}>
          Cancel backup
        </MenuItem>
      </RowMenu>
    )
  }
  if (!hasArchive(backup) && !canDelete) return null
  return (
    <RowMenu label={label}>
      {isRestorable(backup) && (
        <Permitted endpoint={createRestore}>
          <MenuLink to={`/restore?backup=${backup.id}`} icon={<RotateCcw aria-hidden />}>
            Restore
          </MenuLink>
        </Permitted>
      )}
      {hasArchive(backup) && (
        <>
          <MenuItem onSelect={() => startDownload(downloadAddress(backup.id))} icon={<Download aria-hidden />}>
            Download
          </MenuItem>
          <MenuItem onSelect={() => onVerify(backup)} icon={<ShieldCheck aria-hidden />}>
            Verify now
          </MenuItem>
          <MenuLink to={`${backupPath(backup, atHand)}/recovery-sheet`} icon={<Printer aria-hidden />}>
            Recovery sheet
          </MenuLink>
          <Permitted endpoint={updateBackup} where={where}>
            <MenuItem
              onSelect={() => onPin(backup)}
              icon={backup.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
            >
              {backup.pinned ? 'Unpin' : 'Pin'}
            </MenuItem>
          </Permitted>
          {canDelete && <MenuSeparator />}
        </>
      )}
      {canDelete && (
        <MenuItem danger onSelect={() => onDelete(backup)} icon={<Trash2 aria-hidden />}>
          Delete
        </MenuItem>
      )}
    </RowMenu>
  )
}
