import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { fillPath } from '#api/client/call.ts'
import {
  type Backup,
  type BackupStatus,
  cancelBackup,
  cancelDrill,
  cancelVerification,
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

import { call } from './call.ts'

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

/** Runs that one look at the history asks for. */
const RUNS_PER_PAGE = 100
const DAY_MS = 86_400_000

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

/** How long a run took, in milliseconds; undefined while that is not known. */
export function tookMs({ startedAt, finishedAt }: Pick<Backup, 'startedAt' | 'finishedAt'>): number | undefined {
  if (startedAt === null || finishedAt === null) return undefined
  return new Date(finishedAt).getTime() - new Date(startedAt).getTime()
}

/** True while the stored archive is being read back, or a restore of it rehearsed. */
export const isBeingRead = ({ verification, drill }: Pick<Backup, 'verification' | 'drill'>): boolean =>
  verification?.status === 'running' || drill?.status === 'queued' || drill?.status === 'running'

/** Where the browser fetches the archive as a file; the session's cookie goes along. */
export const downloadAddress = (id: number): string => fillPath(downloadBackup.path, { id })

/** A filter as the list of backups takes it. */
export function runQuery({ states, day, before, ...filter }: RunFilter) {
  return {
    ...filter,
    status: states?.join(','),
    from: day,
    to: day === undefined ? undefined : new Date(Date.parse(day) + DAY_MS).toISOString(),
    cursor: before,
    limit: RUNS_PER_PAGE,
  }
}

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
      queryFn: ({ signal }) => call(listBackups, { query: runQuery(filter), signal }),
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
  /** Ends its verification. */
  cancelVerification: () =>
    mutationOptions({
      mutationFn: (id: number) => call(cancelVerification, { params: { id } }),
      onSettled: (_backup, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  /** Rehearses a restore of it. */
  drill: () =>
    mutationOptions({
      mutationFn: ({ id, password }: ReadInput) => call(drillBackup, { params: { id }, body: { password } }),
      gcTime: 0,
      onSettled: (_backup, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  /** Ends its drill. */
  cancelDrill: () =>
    mutationOptions({
      mutationFn: (id: number) => call(cancelDrill, { params: { id } }),
      onSettled: (_backup, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
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
