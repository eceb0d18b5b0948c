import { Download, Ellipsis, Printer, Trash2 } from 'lucide-react'

import { deleteBackup, type Backup } from '#api/contract/backups.ts'
import { createRestore } from '#api/contract/restores.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#console/ui/menu.tsx'

import { backupPath } from '../backup-path.ts'
import { hasArchive, isRestorable } from '../backup-words.ts'

interface BackupActionsProps {
  backup: Backup
  atHand: number
  onDelete: () => void
}

/** Restore comes last and first to the eye: it is what a backup is for. */
export function BackupActions({ backup, atHand, onDelete }: BackupActionsProps) {
  const may = useMay()
  const where = backup.workspaceId ?? undefined
  const canDelete = may(deleteBackup, where)
  if (isRunning(backup)) return null
  return (
    <>
      {(hasArchive(backup) || canDelete) && (
        <Menu
          trigger={
            <IconButton label="More actions" variant="secondary">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {hasArchive(backup) && (
            <>
              <MenuLink to={`${backupPath(backup, atHand)}/recovery-sheet`} icon={<Printer aria-hidden />}>
                Recovery sheet
              </MenuLink>
              {canDelete && <MenuSeparator />}
            </>
          )}
          {canDelete && (
            <MenuItem danger onSelect={onDelete} icon={<Trash2 aria-hidden />}>
              Delete backup
            </MenuItem>
          )}
        </Menu>
      )}
      {hasArchive(backup) && (
        <ButtonLink to={downloadAddress(backup.id)} reloadDocument download>
          <Download aria-hidden />
          Download
        </ButtonLink>
      )}
      {isRestorable(backup) && may(createRestore) && (
        <ButtonLink to={`/restore?backup=${backup.id}`} variant="primary">
          Restore
        </ButtonLink>
      )}
    </>
  )
}
