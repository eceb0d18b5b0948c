import { z } from 'zod'

import type { Backup, BackupStatus } from '#api/contract/backups.ts'
import type { RunFilter } from '#console/data/backups.ts'

const Id = z.coerce.number().int().positive().optional().catch(undefined)

const BackupSearch = z.object({
  /** `uploaded` ones belong to no workspace, so they are those of all. */
  kind: z.enum(['all', 'manual', 'scheduled', 'safety', 'uploaded']).catch('all'),
  state: z.enum(['all', 'good', 'doubtful', 'failed']).catch('all'),
  of: z.enum(['workspace', 'all']).catch('workspace'),
  schedule: Id,
  /** In UTC, as the calendar. */
  day: z.iso.date().optional().catch(undefined),
  /** Cursors of the pages that were turned, the last one last. */
  before: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .optional()
    .catch(undefined),
  sort: z.enum(['when', 'size', 'rows']).catch('when'),
  order: z.enum(['asc', 'desc']).catch('desc'),
})
/** What the address tells of the list. */
export type BackupSearch = z.infer<typeof BackupSearch>

export const readBackupSearch = (params: URLSearchParams): BackupSearch =>
  BackupSearch.parse(Object.fromEntries(params))

const DEFAULTS: Record<string, string> = { kind: 'all', state: 'all', of: 'workspace', sort: 'when', order: 'desc' }

/** Pages are of one selection and start anew with another. */
export function changeBackupSearch(before: URLSearchParams, change: Partial<BackupSearch>): URLSearchParams {
  const next = new URLSearchParams(before)
  if (!('before' in change)) next.delete('before')
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || String(value) === DEFAULTS[key]) next.delete(key)
    else next.set(key, String(value))
  }
  return next
}

export const isNarrowed = ({ kind, state, schedule, day }: BackupSearch): boolean =>
  kind !== 'all' || state !== 'all' || schedule !== undefined || day !== undefined

const STATES: Record<Exclude<BackupSearch['state'], 'all'>, readonly BackupStatus[]> = {
  good: ['succeeded'],
  doubtful: ['warnings', 'looks_wrong'],
  failed: ['failed', 'cancelled'],
}

/** What is asked for. */
export function runFilter(workspaceId: number, search: BackupSearch): RunFilter {
  const { kind, state, schedule, day, before } = search
  return {
    ...(isMixed(search) ? {} : { workspaceId }),
    ...(schedule === undefined ? {} : { scheduleId: schedule }),
    ...(kind === 'all' ? {} : { kind }),
    ...(state === 'all' ? {} : { states: STATES[state] }),
    ...(day === undefined ? {} : { day }),
    ...(before === undefined ? {} : { before: before.split(',').at(-1) }),
  }
}

/** Backups of several workspaces stand together. */
export const isMixed = ({ of, kind }: BackupSearch): boolean => of === 'all' || kind === 'uploaded'

/** The addresses of the pages before and after; absent where there is none. */
export function turnPages({ before }: BackupSearch, nextCursor: string | null) {
  const turned = before?.split(',') ?? []
  return {
    isWhole: turned.length === 0 && nextCursor === null,
    previous: turned.length === 0 ? undefined : { before: turned.slice(0, -1).join(',') || undefined },
    next: nextCursor === null ? undefined : { before: [...turned, nextCursor].join(',') },
  }
}

const KEYS: Record<BackupSearch['sort'], (backup: Backup) => number> = {
  when: ({ createdAt }) => new Date(createdAt).getTime(),
  size: ({ bytes }) => bytes,
  rows: ({ rows }) => rows,
}

/** Only a list that is whole can be put in another order than it comes in. */
export function sortRuns(items: readonly Backup[], { sort, order }: BackupSearch): Backup[] {
  const sign = order === 'asc' ? 1 : -1
  const keyOf = KEYS[sort]
  return items.toSorted((a, b) => sign * (keyOf(a) - keyOf(b)) || b.id - a.id)
}
