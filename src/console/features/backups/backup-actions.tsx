import { Download, Ellipsis, Trash2 } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'

import { hasArchive } from './backup-words.ts'

/** Restore comes first: it is what a backup is for. */
export function BackupActions({ backup, onDelete }: { backup: Backup; onDelete: () => void }) {
  if (isRunning(backup)) return null
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More actions" variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem danger onSelect={onDelete} icon={<Trash2 aria-hidden />}>
          Delete backup
        </MenuItem>
      </Menu>
      {hasArchive(backup) && (
        <>
          <ButtonLink to={downloadAddress(backup.id)} reloadDocument download>
            <Download aria-hidden />
            Download
          </ButtonLink>
          <ButtonLink to={`/restore?backup=${backup.id}`} variant="primary">
            Restore
          </ButtonLink>
        </>
      )}
    </>
  )
}
