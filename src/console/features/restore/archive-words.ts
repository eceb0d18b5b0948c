import type { Backup } from '#api/contract/backups.ts'
import { formatRate } from '#console/lib/format.ts'

/** True where there is an archive that nothing speaks against restoring, or at least nothing that forbids it. */
export const isRestorable = ({ status }: Pick<Backup, 'status'>): boolean =>
  status === 'succeeded' || status === 'warnings' || status === 'looks_wrong'

/** Those that look wrong come last; within that the order stays. */
export function goodFirst(list: readonly Backup[]): Backup[] {
  const restorable = list.filter(isRestorable)
  const looksWrong = ({ status }: Backup): boolean => status === 'looks_wrong'
  return [...restorable.filter((backup) => !looksWrong(backup)), ...restorable.filter(looksWrong)]
}

export interface ArchiveState {
  words: string
  tone: 'success' | 'warning' | 'danger' | 'neutral'
  /** Why, where it is not plainly good. */
  reason?: string | undefined
}

/** What is known of an archive: green only on what was proven. */
export function archiveState(backup: Pick<Backup, 'status' | 'verifiedAt' | 'warnings' | 'failure'>): ArchiveState {
  const { status, verifiedAt, warnings, failure } = backup
  if (status === 'looks_wrong') {
    return { words: 'Looks wrong', tone: 'danger', reason: failure?.message ?? warnings[0]?.message }
  }
  if (status === 'warnings') {
    const rest = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : ''
    return { words: 'Warning', tone: 'warning', reason: warnings[0] && `${warnings[0].message}${rest}` }
  }
  return verifiedAt === null ? { words: 'Not verified', tone: 'neutral' } : { words: 'Verified', tone: 'success' }
}

/** How many runs are not offered, and why: `2 failed or cancelled runs left nothing to restore`. */
export function unlistedWords(list: readonly Backup[]): string | undefined {
  const count = list.filter(({ status }) => status === 'failed' || status === 'cancelled').length
  if (count === 0) return undefined
  return count === 1
    ? '1 failed or cancelled run left nothing to restore'
    : `${count} failed or cancelled runs left nothing to restore`
}

const KIND_WORDS: Record<Backup['kind'], string> = {
  manual: 'manual',
  scheduled: 'scheduled',
  uploaded: 'uploaded',
  safety: 'safety',
}

/** Tells several backups of one workspace apart: `#12 · Nightly · v1`. */
export function whichBackup({
  id,
  kind,
  branch,
  scheduleName,
}: Pick<Backup, 'id' | 'kind' | 'branch' | 'scheduleName'>): string {
  return [`#${id}`, scheduleName ?? KIND_WORDS[kind], branch].filter(Boolean).join(' · ')
}

/** `Shop copy`; the archive's own name when that is free. */
export function newWorkspaceName(archiveName: string, taken: readonly string[]): string {
  const base = archiveName === '' ? 'Restored' : archiveName
  const isFree = (name: string) => !taken.includes(name)
  if (isFree(base)) return base
  if (isFree(`${base} copy`)) return `${base} copy`
  let number = 2
  while (!isFree(`${base} copy ${number}`)) number += 1
  return `${base} copy ${number}`
}

/** `9.8 MB/s` since the first moment; undefined while there is too little to tell. */
export function uploadRate(bytes: number, ms: number): string | undefined {
  return ms < 1_000 || bytes <= 0 ? undefined : formatRate((bytes * 1_000) / ms)
}
