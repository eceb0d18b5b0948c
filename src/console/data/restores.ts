import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import {
  createRestore,
  type CreateRestore,
  getRestore,
  listRestores,
  previewRestore,
  type Restore,
} from '#api/contract/restores.ts'

export interface PreviewInput {
  backupId: number
  /** Null = into a new workspace. */
  workspaceId: number | null
  password: string
}

/** True while the server still works on it. */
export const isRestoring = (restore: Pick<Restore, 'status'>): boolean =>
  restore.status === 'queued' || restore.status === 'running'

const readPreview = ({ backupId, workspaceId, password }: PreviewInput, signal?: AbortSignal) =>
  call(previewRestore, { params: { id: backupId }, body: { workspaceId, password }, ...(signal && { signal }) })

/** Progress comes by the socket (`events.ts`), which also has everything read again while it is down. */
export const restores = {
  key: ['restores'] as const,
  list: () =>
    queryOptions({
      queryKey: [...restores.key, 'list', {}],
      queryFn: ({ signal }) => call(listRestores, { signal }),
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
      staleTime: 0,
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
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateRestore) => call(createRestore, { body }),
      gcTime: 0,
      onSettled: (_restore, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: [...restores.key, 'list'] }),
    }),
}
