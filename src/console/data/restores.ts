import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { listBackups } from '#api/contract/backups.ts'
import { diffBackup } from '#api/contract/diffs.ts'
import {
  cancelRestore,
  createRestore,
  type CreateRestore,
  getRestore,
  listRestores,
  previewRestore,
  type Restore,
  undoRestore,
} from '#api/contract/restores.ts'

import { backups } from './backups.ts'
import { call } from './call.ts'

export interface PreviewInput {
  backupId: number
  /** Null = into a new workspace. */
  workspaceId: number | null
  password: string
}

export interface DiffInput {
  backupId: number
  workspaceId: number
  password: string
  /** Absent = everything. */
  tables?: string[]
  /** Sample rows of each kind and table; absent = as many as the server likes. */
  samples?: number
}

export interface RestoreFilter {
  workspaceId?: number | undefined
  backupId?: number
  /** Of the page before; absent = the newest. */
  cursor?: string | undefined
  limit?: number
}

export interface ArchiveFilter {
  workspaceId?: number | undefined
  cursor?: string | undefined
}

const ARCHIVES_PER_PAGE = 100

/** A comparison tells of the moment at which it was made; within this time it is shown again, not made again. */
const FRESH_MS = 60_000

/** True while the server still works on it. */
export const isRestoring = (restore: Pick<Restore, 'status'>): boolean =>
  restore.status === 'queued' || restore.status === 'running'

const readPreview = ({ backupId, workspaceId, password }: PreviewInput, signal?: AbortSignal) =>
  call(previewRestore, { params: { id: backupId }, body: { workspaceId, password }, ...(signal && { signal }) })

const readDiff = ({ backupId, ...body }: DiffInput, signal: AbortSignal) =>
  call(diffBackup, { params: { id: backupId }, body, signal })

/** Progress comes by the socket (`events.ts`), which also has everything read again while it is down. */
export const restores = {
  key: ['restores'] as const,
  list: (filter: RestoreFilter = {}) =>
    queryOptions({
      queryKey: [...restores.key, 'list', filter],
      queryFn: ({ signal }) => call(listRestores, { query: filter, signal }),
    }),
  /** Backups to choose from, a page at a time, newest first. Below the key of backups, whose events refresh it. */
  archives: (filter: ArchiveFilter) =>
    queryOptions({
      queryKey: [...backups.key, 'list', { ...filter, isPaged: true }],
      queryFn: ({ signal }) => call(listBackups, { query: { ...filter, limit: ARCHIVES_PER_PAGE }, signal }),
    }),
  detail: (id: number) =>
    queryOptions({
      queryKey: [...restores.key, 'detail', id],
      queryFn: ({ signal }) => call(getRestore, { params: { id }, signal }),
    }),
  /**
   * What a restore would change. The key holds the password, so it is forgotten as soon as no screen looks at it; it reads
   * a whole archive, so it is read again only when it is looked at anew.
   */
  preview: (input: PreviewInput) =>
    queryOptions({
      queryKey: [...restores.key, 'preview', input],
      queryFn: ({ signal }) => readPreview(input, signal),
      gcTime: 0,
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: false,
    }),
  /**
   * Every row that a restore into an existing workspace would add, change and take away. Like the preview, its key holds
   * the password and it is never refreshed by events.
   */
  diff: (input: DiffInput) =>
    queryOptions({
      queryKey: [...restores.key, 'preview', 'diff', input],
      queryFn: ({ signal }) => readDiff(input, signal),
      gcTime: 0,
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: false,
    }),
  /** Proves the password of an archive by reading it. */
  unlock: () =>
    mutationOptions({
      mutationFn: (input: Omit<PreviewInput, 'workspaceId'>) => readPreview({ ...input, workspaceId: null }),
      gcTime: 0,
    }),
  cancel: () =>
    mutationOptions({
      mutationFn: (id: number) => call(cancelRestore, { params: { id } }),
      onSettled: (_restore, _error, _id, _result, { client }) =>
        client.invalidateQueries({ queryKey: restores.key, predicate: ({ queryKey }) => queryKey[1] !== 'preview' }),
    }),
  /** Takes a restore back; answers the restore that does it. */
  undo: () =>
    mutationOptions({
      mutationFn: (id: number) => call(undoRestore, { params: { id } }),
      onSettled: (_restore, _error, _id, _result, { client }) =>
        client.invalidateQueries({ queryKey: restores.key, predicate: ({ queryKey }) => queryKey[1] !== 'preview' }),
    }),
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateRestore) => call(createRestore, { body }),
      gcTime: 0,
      onSettled: (_restore, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: [...restores.key, 'list'] }),
    }),
}
