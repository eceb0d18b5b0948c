import { Download } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { downloadAddress, isRunning } from '#console/data/backups.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'

import { hasArchive } from './backup-words.ts'

/** Restore comes first: it is what a backup is for. */
export function BackupActions({ backup, onDelete }: { backup: Backup; onDelete: () => void }) {
  if (isRunning(backup)) return null
  return (
    <>
      <Button variant="ghost" className="text-danger" onClick={onDelete}>
        Delete
      </Button>
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
