import { Download, Ellipsis, Pin, PinOff, Printer, RotateCcw, ShieldCheck, Trash2, X } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'

import { backupPath } from './backup-path.ts'
import { hasArchive, isRestorable } from './backup-words.ts'

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
  const trigger = (
    <IconButton label={`Actions for backup ${backup.id}`} size="sm">
      <Ellipsis aria-hidden />
    </IconButton>
  )
  if (isRunning(backup)) {
    return (
      <Menu trigger={trigger}>
        <MenuItem danger onSelect={() => onCancel(backup)} icon={<X aria-hidden />}>
          Cancel backup
        </MenuItem>
      </Menu>
    )
  }
  return (
    <Menu trigger={trigger}>
      {isRestorable(backup) && (
        <MenuLink to={`/restore?backup=${backup.id}`} icon={<RotateCcw aria-hidden />}>
          Restore
        </MenuLink>
      )}
      {hasArchive(backup) && (
        <>
          <MenuItem onSelect={() => location.assign(downloadAddress(backup.id))} icon={<Download aria-hidden />}>
            Download
          </MenuItem>
          <MenuItem onSelect={() => onVerify(backup)} icon={<ShieldCheck aria-hidden />}>
            Verify now
          </MenuItem>
          <MenuLink to={`${backupPath(backup, atHand)}/recovery-sheet`} icon={<Printer aria-hidden />}>
            Recovery sheet
          </MenuLink>
        </>
      )}
      <MenuItem onSelect={() => onPin(backup)} icon={backup.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}>
        {backup.pinned ? 'Unpin' : 'Pin'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => onDelete(backup)} icon={<Trash2 aria-hidden />}>
        Delete
      </MenuItem>
    </Menu>
  )
}
