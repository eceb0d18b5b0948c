import type { Backup, BackupStatus } from '#api/contract/backups.ts'
import { formatBytes, formatClock, formatCount, formatNumber } from '#console/lib/format.ts'

export type StatusTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export const STATUS_WORDS: Record<BackupStatus, { words: string; tone: StatusTone }> = {
  queued: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Running', tone: 'info' },
  succeeded: { words: 'Succeeded', tone: 'success' },
  warnings: { words: 'With warnings', tone: 'warning' },
  looks_wrong: { words: 'Looks wrong', tone: 'danger' },
  failed: { words: 'Failed', tone: 'danger' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
}

const KIND_WORDS: Record<Backup['kind'], string> = {
  scheduled: 'Scheduled',
  manual: 'Manual',
  uploaded: 'Uploaded',
  safety: 'Safety',
}

/** `Manual`, `Uploaded, definition only`. */
export function kindWords({ kind, definitionOnly }: Pick<Backup, 'kind' | 'definitionOnly'>): string {
  return definitionOnly ? `${KIND_WORDS[kind]}, definition only` : KIND_WORDS[kind]
}

/** An archive is there: it can be downloaded and restored. */
export const hasArchive = ({ status }: Pick<Backup, 'status'>): boolean =>
  status === 'succeeded' || status === 'warnings' || status === 'looks_wrong'

/** What a run does right now: `Copying orders`. */
export function stageWords({ status, stage, current }: Pick<Backup, 'status' | 'stage' | 'current'>): string {
  if (status === 'queued' || stage === 'queued') return 'Waiting for its turn'
  if (stage === 'definitions') return 'Writing the definitions'
  if (stage === 'rows') return current === null ? 'Copying rows and files' : `Copying ${current}`
  if (stage === 'verifying') return 'Reading it back to verify'
  return 'Finishing'
}

/** The figures beside it: `3 of 10 tables · 214 MB · 12,430 rows · 0:12`. */
export function progressFigures(
  backup: Pick<Backup, 'tablesDone' | 'tablesTotal' | 'bytes' | 'rows' | 'startedAt'>,
  now: Date,
): string {
  const tables =
    backup.tablesTotal === null ? undefined : `${backup.tablesDone} of ${formatCount(backup.tablesTotal, 'table')}`
  const elapsed =
    backup.startedAt === null ? undefined : formatClock(now.getTime() - new Date(backup.startedAt).getTime())
  return [tables, formatBytes(backup.bytes), formatCount(backup.rows, 'row'), elapsed]
    .filter((part) => part !== undefined)
    .join(' · ')
}

export interface ShieldWords {
  words: string
  tone: 'muted' | 'success' | 'danger'
}

/** Green only on a proven fact: grey until the archive was read back, red when that disproved it. */
export function shieldWords({ status, verifiedAt }: Pick<Backup, 'status' | 'verifiedAt'>): ShieldWords {
  if (status === 'looks_wrong' || status === 'failed')
    return { words: status === 'failed' ? 'No archive' : 'Disproved', tone: 'danger' }
  return verifiedAt === null ? { words: 'Not verified yet', tone: 'muted' } : { words: 'Verified', tone: 'success' }
}

/** What somebody types to delete it. */
export const confirmName = ({ workspaceName, id }: Pick<Backup, 'workspaceName' | 'id'>): string =>
  workspaceName.trim() === '' ? `backup ${id}` : workspaceName.trim()

/** How many rows it holds; of an archive that nobody has opened yet nothing is known. */
export function rowWords({
  rows,
  definitionOnly,
  kind,
  summary,
}: Pick<Backup, 'rows' | 'definitionOnly' | 'kind' | 'summary'>): string {
  if (definitionOnly) return 'none'
  return kind === 'uploaded' && summary === null ? 'unknown' : formatNumber(rows)
}
