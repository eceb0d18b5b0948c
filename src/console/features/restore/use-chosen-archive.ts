import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'

import { isRestorable } from './archive-words.ts'

/** A password that opened the archive. It lives here only: after a reload it is asked for again. */
export interface ArchiveProof {
  backupId: number
  password: string
  /** The workspace's name as the archive itself has it; an uploaded file goes by its file name until then. */
  workspaceName: string
}

/** The archive to restore, and whether it is open: an encrypted one is, once its password is known or was proven. */
export function useChosenArchive(backupId: number | undefined) {
  const [opened, setOpened] = useState<ArchiveProof>()
  const archive = useQuery({ ...backups.detail(backupId ?? 0), enabled: backupId !== undefined })
  const backup = backupId === undefined ? undefined : archive.data
  const proof = opened?.backupId === backupId ? opened : undefined

  /** The password was proven by reading the archive with it. */
  function open(proven: Omit<ArchiveProof, 'backupId'>) {
    if (backupId !== undefined) setOpened({ ...proven, backupId })
  }

  return { archive, backup, open, ...knownOf(backup, proof) }
}

function knownOf(backup: Backup | undefined, proof: ArchiveProof | undefined) {
  const needsPassword = backup !== undefined && backup.encrypted && !backup.knowsPassword && proof === undefined
  return {
    archiveName: proof?.workspaceName ?? backup?.workspaceName ?? '',
    password: proof?.password ?? '',
    needsPassword,
    isOpen: backup !== undefined && isRestorable(backup) && !needsPassword,
  }
}
