import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { call, fillPath } from '#api/client/call.ts'
import {
  type Backup,
  type BackupStatus,
  cancelBackup,
  createBackup,
  type CreateBackup,
  deleteBackup,
  downloadBackup,
  drillBackup,
  getBackup,
  listBackups,
  updateBackup,
  verifyBackup,
} from '#api/contract/backups.ts'

export interface BackupFilter {
  workspaceId?: number
  scheduleId?: number
}

/** What the history of runs is narrowed to; what is absent narrows nothing. */
export interface RunFilter extends BackupFilter {
  kind?: Backup['kind'] | undefined
  states?: readonly BackupStatus[] | undefined
  /** `2026-11-20`, in UTC. */
  day?: string | undefined
  /** Cursor of an earlier page: only what is older. */
  before?: string | undefined
}

export interface RunPage {
  items: Backup[]
  nextCursor: string | null
}

/** Runs that one look at the history asks for. */
const RUNS_PER_PAGE = 100
/** Pages that are read in search of a kind or a day, before what was found is shown with a way to go on. */
const PAGES_PER_LOOK = 20
/** How often the end of a verification or drill is asked for: its progress is not told by the socket. */
const LOOK_MS = 1_000

/** A backup to read, with its password where the server does not know it. */
export interface ReadInput {
  id: number
  password: string
}

/** True while the server still works on it. */
export const isRunning = (backup: Pick<Backup, 'status'>): boolean =>
  backup.status === 'queued' || backup.status === 'running'

/** True while the stored archive is being read back, or a restore of it rehearsed. */
export const isBeingRead = ({ verification, drill }: Pick<Backup, 'verification' | 'drill'>): boolean =>
  verification?.status === 'running' || drill?.status === 'queued' || drill?.status === 'running'

function matches(backup: Backup, { kind, states, day }: RunFilter): boolean {
  if (kind !== undefined && backup.kind !== kind) return false
  if (states !== undefined && !states.includes(backup.status)) return false
  return day === undefined || backup.createdAt.startsWith(day)
}

/** The server narrows by workspace and schedule; the rest is searched for here, newest first. */
async function readRuns(filter: RunFilter, signal: AbortSignal): Promise<RunPage> {
  const { workspaceId, scheduleId, day } = filter
  const items: Backup[] = []
  let cursor = filter.before
  for (let page = 0; page < PAGES_PER_LOOK; page += 1) {
    const query = { workspaceId, scheduleId, cursor, limit: RUNS_PER_PAGE }
    const found = await call(listBackups, { query, signal })
    items.push(...found.items.filter((backup) => matches(backup, filter)))
    const last = found.items.at(-1)
    const isPastDay = day !== undefined && last !== undefined && last.createdAt.slice(0, day.length) < day
    cursor = isPastDay ? undefined : (found.nextCursor ?? undefined)
    if (cursor === undefined || items.length >= RUNS_PER_PAGE) break
  }
  return { items, nextCursor: cursor ?? null }
}

/** Where the browser fetches the archive as a file; the session's cookie goes along. */
export const downloadAddress = (id: number): string => fillPath(downloadBackup.path, { id })

function isSameWorkspace(key: readonly unknown[] | undefined, { workspaceId }: RunFilter): boolean {
  return (key?.at(-1) as RunFilter | undefined)?.workspaceId === workspaceId
}

/** Progress comes by the socket (`events.ts`), which also has everything read again while it is down. */
export const backups = {
  key: ['backups'] as const,
  list: (filter: BackupFilter = {}) =>
    queryOptions({
      queryKey: [...backups.key, 'list', filter],
      queryFn: ({ signal }) => call(listBackups, { query: filter, signal }),
    }),
  /** The runs that fit a filter; those of the filter before stay in view while the next ones come. */
  runs: (filter: RunFilter) =>
    queryOptions({
      queryKey: [...backups.key, 'list', 'runs', filter],
      queryFn: ({ signal }) => readRuns(filter, signal),
      placeholderData: (before, query) => (isSameWorkspace(query?.queryKey, filter) ? before : undefined),
    }),
  detail: (id: number) =>
    queryOptions({
      queryKey: [...backups.key, 'detail', id],
      queryFn: ({ signal }) => call(getBackup, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data !== undefined && isBeingRead(state.data) ? LOOK_MS : false),
    }),
  /** The password must not outlive the dialog, so the mutation leaves the cache with it. */
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateBackup) => call(createBackup, { body }),
      gcTime: 0,
      onSettled: (_backup, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  /** Pins it or writes a note beside it. */
  update: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: { id: number; pinned?: boolean; note?: string }) =>
        call(updateBackup, { params: { id }, body }),
      onSettled: (_backup, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  cancel: () =>
    mutationOptions({
      mutationFn: (id: number) => call(cancelBackup, { params: { id } }),
      onSettled: (_backup, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  /** Reads the stored archive back. */
  verify: () =>
    mutationOptions({
      mutationFn: ({ id, password }: ReadInput) => call(verifyBackup, { params: { id }, body: { password } }),
      gcTime: 0,
      onSettled: (_backup, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  /** Rehearses a restore of it. */
  drill: () =>
    mutationOptions({
      mutationFn: ({ id, password }: ReadInput) => call(drillBackup, { params: { id }, body: { password } }),
      gcTime: 0,
      onSettled: (_backup, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (id: number) => call(deleteBackup, { params: { id } }),
      onSettled: (_reply, error, id, _result, { client }) =>
        client.invalidateQueries({
          queryKey: backups.key,
          predicate: ({ queryKey }) => error !== null || queryKey[1] !== 'detail' || queryKey[2] !== id,
        }),
    }),
}
