import type { Backup, BackupStatus, Drill } from '#api/contract/backups.ts'
import { formatCount, formatDuration, formatGrowth, formatNumber } from '#console/lib/format.ts'

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

/** `Manual`, `Nightly backup`, `Uploaded, definition only`. */
export function kindWords({
  kind,
  scheduleName,
  definitionOnly,
}: Pick<Backup, 'kind' | 'scheduleName' | 'definitionOnly'>): string {
  const name = scheduleName ?? KIND_WORDS[kind]
  return definitionOnly ? `${name}, definition only` : name
}

/** An archive is there that can be restored; a damaged one can only be downloaded. */
export const isRestorable = ({ status }: Pick<Backup, 'status'>): boolean =>
  status === 'succeeded' || status === 'warnings' || status === 'looks_wrong'

/** There is something to download and to read back. */
export const hasArchive = (backup: Pick<Backup, 'status' | 'hasArchive'>): boolean =>
  backup.hasArchive ?? isRestorable(backup)

/** True where nobody but the one who types the password can read it. */
export const needsPassword = ({ encrypted, knowsPassword }: Pick<Backup, 'encrypted' | 'knowsPassword'>): boolean =>
  encrypted && !knowsPassword

/** Waits to be tried again after a failure. */
export const isWaiting = ({ status, failure }: Pick<Backup, 'status' | 'failure'>): boolean =>
  status === 'queued' && failure !== null

/** Growth against the run before it: `+2%`; nothing where there is none, or no change. */
export function growthWords({
  status,
  bytes,
  previous,
}: Pick<Backup, 'status' | 'bytes' | 'previous'>): string | undefined {
  if (previous === null || !isRestorable({ status })) return undefined
  const growth = formatGrowth(previous.bytes, bytes)
  return growth === '0%' ? undefined : growth
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

/** What speaks against trusting it, in one line; undefined where nothing does. */
export function troubleWords({
  status,
  failure,
  warnings,
}: Pick<Backup, 'status' | 'failure' | 'warnings'>): string | undefined {
  if (status === 'failed') return failure?.message
  if (status !== 'warnings' && status !== 'looks_wrong') return undefined
  const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : ''
  const first = warnings[0]?.message ?? failure?.message
  return first && `${first}${more}`
}

const KEPT_WORDS: Record<NonNullable<Backup['keptAs']>[number], string> = {
  last: 'newest',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  last_good: 'last good one',
}

/** `pinned`, `stays: daily, weekly`, `goes at the next run`; empty where no retention takes it. */
export function keepWords({ pinned, keptAs, kind }: Pick<Backup, 'pinned' | 'keptAs' | 'kind'>): string {
  if (pinned) return 'pinned'
  if (kind === 'safety') return 'stays for the undo'
  if (keptAs === null) return 'until deleted'
  if (keptAs.length === 0) return 'goes at the next run'
  // That it is the last good one only matters where nothing else keeps it.
  const rules = keptAs.length === 1 ? keptAs : keptAs.filter((rule) => rule !== 'last_good')
  return `stays: ${rules.map((rule) => KEPT_WORDS[rule]).join(', ')}`
}

/** What a rehearsed restore did about endpoints: it never says more than was tried. */
export function endpointWords({ found, called, failed }: Drill['endpoints']): string {
  if (found === 0) return 'None that could be called: there is no GET endpoint without required input'
  if (called === 0) return `${formatCount(found, 'endpoint')} found, none called: this release does not run endpoints`
  const bad = failed.length === 0 ? 'all answered' : `${formatNumber(failed.length)} failed`
  return `${formatNumber(called)} of ${formatNumber(found)} called, ${bad}`
}

/** How long a run took; undefined while that is not known. */
export function tookMs({ startedAt, finishedAt }: Pick<Backup, 'startedAt' | 'finishedAt'>): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined
  return new Date(finishedAt).getTime() - new Date(startedAt).getTime()
}

/** `last run took 3 min 40 s` of the newest whole run of the same kind of contents. */
export function expectedWords(runs: readonly Backup[], definitionOnly: boolean): string | undefined {
  const last = runs
    .filter((run) => run.definitionOnly === definitionOnly && run.kind !== 'uploaded' && isRestorable(run))
    .toSorted((a, b) => b.id - a.id)[0]
  const ms = last && tookMs(last)
  return ms === undefined ? undefined : `The last run took ${formatDuration(ms)}.`
}
