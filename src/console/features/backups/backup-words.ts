import type { Backup, Drill } from '#api/contract/backups.ts'
import { tookMs } from '#console/data/backups.ts'
import { formatBytes, formatCount, formatDuration, formatGrowth, formatNumber } from '#console/lib/format.ts'

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

/** `214 MB (214,000,000 bytes), +7% against the one before, 705 MB unpacked, format 3`: only what is known. */
export function sizeWords(backup: Pick<Backup, 'status' | 'bytes' | 'previous' | 'summary'>): string {
  const { bytes, summary } = backup
  const growth = growthWords(backup)
  return [
    `${formatBytes(bytes)} (${formatNumber(bytes)} bytes)`,
    growth && `${growth} against the one before`,
    summary && `${formatBytes(summary.bytes)} unpacked`,
    summary && `format ${formatNumber(summary.format)}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What somebody types to delete it. */
export const confirmName = ({ workspaceName, id }: Pick<Backup, 'workspaceName' | 'id'>): string =>
  workspaceName.trim() === '' ? `backup ${id}` : workspaceName.trim()

/** `Delete backup #12 of Shop`: several of one workspace have the same name. */
export const deleteTitle = ({ workspaceName, id }: Pick<Backup, 'workspaceName' | 'id'>): string =>
  workspaceName.trim() === '' ? `Delete backup #${id}` : `Delete backup #${id} of ${workspaceName.trim()}`

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
export function endpointWords({ found, called, failed, reason }: Drill['endpoints']): string {
  if (found === 0) return 'None that could be called: there is no GET endpoint without required input.'
  const why = reason ?? (called === 0 ? 'This release does not run endpoints.' : undefined)
  const bad = failed.length === 0 ? 'all answered' : `${formatNumber(failed.length)} failed`
  const tried = called === 0 ? 'none called' : `${formatNumber(called)} called, ${bad}`
  return [`${formatCount(found, 'endpoint')} found, ${tried}.`, why].filter((part) => part !== undefined).join(' ')
}

/** `last run took 3 min 40 s` of the newest whole run of the same kind of contents. */
export function expectedWords(runs: readonly Backup[], definitionOnly: boolean): string | undefined {
  const last = runs
    .filter((run) => run.definitionOnly === definitionOnly && run.kind !== 'uploaded' && isRestorable(run))
    .toSorted((a, b) => b.id - a.id)[0]
  const ms = last && tookMs(last)
  return ms === undefined ? undefined : `The last run took ${formatDuration(ms)}.`
}
