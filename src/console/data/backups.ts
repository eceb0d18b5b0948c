import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { call, fillPath } from '#api/client/call.ts'
import {
  type Backup,
  createBackup,
  type CreateBackup,
  deleteBackup,
  downloadBackup,
  getBackup,
  listBackups,
  uploadBackup,
} from '#api/contract/backups.ts'

export interface BackupFilter {
  workspaceId?: number
}

/** True while the server still works on it. */
export const isRunning = (backup: Pick<Backup, 'status'>): boolean =>
  backup.status === 'queued' || backup.status === 'running'

/** Where the browser fetches the archive as a file; the session's cookie goes along. */
export const downloadAddress = (id: number): string => fillPath(downloadBackup.path, { id })

/** Progress comes by the socket (`events.ts`), which also has everything read again while it is down. */
export const backups = {
  key: ['backups'] as const,
  list: (filter: BackupFilter = {}) =>
    queryOptions({
      queryKey: [...backups.key, 'list', filter],
      queryFn: ({ signal }) => call(listBackups, { query: filter, signal }),
    }),
  detail: (id: number) =>
    queryOptions({
      queryKey: [...backups.key, 'detail', id],
      queryFn: ({ signal }) => call(getBackup, { params: { id }, signal }),
    }),
  /** The password must not outlive the dialog, so the mutation leaves the cache with it. */
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateBackup) => call(createBackup, { body }),
      gcTime: 0,
      onSettled: (_backup, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: backups.key }),
    }),
  upload: () =>
    mutationOptions({
      mutationFn: ({ file, password }: { file: File; password: string }) =>
        call(uploadBackup, { body: { password }, file: { content: file, name: file.name } }),
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
