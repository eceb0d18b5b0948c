import type { Backup } from '#api/contract/backups.ts'
import type { Restore } from '#api/contract/restores.ts'
import { formatClock, formatCount, formatNumber } from '#console/lib/format.ts'

const STAGE_WORDS: Record<Restore['stage'], string> = {
  queued: 'Waiting for its turn',
  checking: 'Checking the archive',
  safety: 'Taking the safety backup',
  definitions: 'Making tables',
  rows: 'Copying rows and files',
  keys: 'Building keys and indexes',
  swapping: 'Putting it in place',
  done: 'Done',
}

/** What a restore does right now: `Copying orders`. */
export function restoreStage({ stage, current }: Pick<Restore, 'stage' | 'current'>): string {
  return stage === 'rows' && current !== null ? `Copying ${current}` : STAGE_WORDS[stage]
}

/** The figures beside it: `3 of 10 tables · 4,000 of 12,430 rows · 0:12`. */
export function restoreFigures(
  restore: Pick<Restore, 'tablesDone' | 'tablesTotal' | 'rows' | 'rowsTotal' | 'startedAt'>,
  now: Date,
): string {
  const { tablesDone, tablesTotal, rows, rowsTotal, startedAt } = restore
  const parts = [
    tablesTotal !== null && `${tablesDone} of ${formatCount(tablesTotal, 'table')}`,
    rowsTotal === null ? formatCount(rows, 'row') : `${formatNumber(rows)} of ${formatCount(rowsTotal, 'row')}`,
    startedAt !== null && formatClock(now.getTime() - new Date(startedAt).getTime()),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** The bar's share: rows while their number is known, else tables. */
export function restoreShare({
  rows,
  rowsTotal,
  tablesDone,
  tablesTotal,
}: Pick<Restore, 'rows' | 'rowsTotal' | 'tablesDone' | 'tablesTotal'>) {
  if (rowsTotal !== null && rowsTotal > 0) return { value: rows, total: rowsTotal }
  return tablesTotal === null ? {} : { value: tablesDone, total: tablesTotal }
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

const KIND_WORDS: Record<Backup['kind'], string> = {
  manual: 'manual',
  scheduled: 'scheduled',
  uploaded: 'uploaded',
  safety: 'safety',
}

/** Tells several backups of one workspace apart: `#12 · manual · v1`. */
export function whichBackup({ id, kind, branch }: Pick<Backup, 'id' | 'kind' | 'branch'>): string {
  return [`#${id}`, KIND_WORDS[kind], branch].filter(Boolean).join(' · ')
}

/** What a backup does right now: `Copying orders`. */
export function backupStage({ status, stage, current }: Pick<Backup, 'status' | 'stage' | 'current'>): string {
  if (status === 'queued' || stage === 'queued') return 'Waiting for its turn'
  if (stage === 'verifying') return 'Reading the backup back to verify it'
  return current === null ? 'Backing up' : `Backing up ${current}`
}
