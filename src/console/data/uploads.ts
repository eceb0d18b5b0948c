import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { deleteUpload, listUploads } from '#api/contract/uploads.ts'

import { backups } from './backups.ts'
import { call, requireMay } from './call.ts'
import { uploadFile, type UploadInput } from './upload-file.ts'

/** Archives that are on their way in chunks (`upload-file.ts` sends them). */
export const uploads = {
  key: ['uploads'] as const,
  list: () =>
    queryOptions({
      queryKey: [...uploads.key, 'list'],
      queryFn: async ({ signal }) => {
        requireMay(listUploads, 'beyond')
        return (await call(listUploads, { signal })).items
      },
    }),
  /** Sends a file; an abort of its signal leaves what was sent for the next try. */
  send: () =>
    mutationOptions({
      mutationFn: (input: UploadInput) => uploadFile(call, input),
      gcTime: 0,
      onSettled: (_backup, _error, _input, _result, { client }) =>
        Promise.all([
          client.invalidateQueries({ queryKey: backups.key }),
          client.invalidateQueries({ queryKey: uploads.key }),
        ]),
    }),
  /** Throws away what was sent. */
  remove: () =>
    mutationOptions({
      mutationFn: (id: string) => call(deleteUpload, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: uploads.key }),
    }),
}
