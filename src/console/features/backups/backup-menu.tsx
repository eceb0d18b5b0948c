import { Download, Ellipsis, RotateCcw, Trash2 } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'

import { hasArchive } from './backup-words.ts'

export interface BackupMenuProps {
  backup: Backup
  onDelete: () => void
}

/** What can be done with one backup. */
export function BackupMenu({ backup, onDelete }: BackupMenuProps) {
  if (isRunning(backup)) return null
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for backup ${backup.id}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {hasArchive(backup) && (
        <>
          <MenuLink to={`/restore?backup=${backup.id}`} icon={<RotateCcw aria-hidden />}>
            Restore
          </MenuLink>
          <MenuItem onSelect={() => location.assign(downloadAddress(backup.id))} icon={<Download aria-hidden />}>
            Download
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem danger onSelect={onDelete} icon={<Trash2 aria-hidden />}>
        Delete
      </MenuItem>
    </Menu>
  )
}
