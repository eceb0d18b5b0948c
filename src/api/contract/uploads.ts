import { z } from 'zod'

import { Backup } from './backups.ts'
import { endpoint } from './endpoint.ts'
import { wholeNumber } from './numbers.ts'

/** Bytes of every chunk but the last. */
export const UPLOAD_CHUNK_BYTES = 8_388_608
/** Largest archive that is taken in chunks: 64 GB. */
export const UPLOAD_MAX_BYTES = 64_000_000_000

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 as 64 hexadecimal digits')

/** An archive that is on its way. What was received stays until it is complete, taken away, or a week old. */
export const Upload = z.object({
  id: z.uuid(),
  name: z.string(),
  bytes: z.number().int(),
  chunkBytes: z.number().int(),
  chunks: z.number().int(),
  /** Chunks that are still to be sent, counted from 0. */
  missing: z.array(z.number().int()),
  createdAt: z.iso.datetime(),
  touchedAt: z.iso.datetime(),
})
export type Upload = z.infer<typeof Upload>

const UploadParams = z.object({ id: z.uuid() })

/**
 * Announces an archive. `sha256` is of the whole file; with it the end is checked against the beginning. 409 where the
 * disk has no room for it (`payload.reason` is `disk_full`, as it is for a chunk).
 */
export const createUpload = endpoint({
  id: 'uploadCreate',
  method: 'POST',
  path: '/api:console/uploads',
  scope: 'instance:workspace:create',
  body: z.strictObject({
    name: z.string().min(1).max(255),
    bytes: z.number().int().min(1).max(UPLOAD_MAX_BYTES),
    sha256: Sha256.optional(),
  }),
  reply: Upload,
  status: 201,
})

/** Uploads of the caller that are not complete, newest first: one of the same file is gone on with. */
export const listUploads = endpoint({
  id: 'uploadList',
  method: 'GET',
  path: '/api:console/uploads',
  scope: 'instance:workspace:create',
  reply: z.object({ items: z.array(Upload) }),
})

export const getUpload = endpoint({
  id: 'uploadGet',
  method: 'GET',
  path: '/api:console/uploads/{id}',
  scope: 'instance:workspace:create',
  params: UploadParams,
  reply: Upload,
})

/**
 * One chunk as `application/octet-stream`, with its SHA-256 in the header `x-chunk-sha256`. A chunk may be sent again.
 */
export const putChunk = endpoint({
  id: 'uploadChunk',
  method: 'PUT',
  path: '/api:console/uploads/{id}/chunks/{index}',
  scope: 'instance:workspace:create',
  audited: false,
  params: UploadParams.extend({ index: wholeNumber(0) }),
  body: z.instanceof(Uint8Array),
  bodyKind: 'bytes',
  bodyLimitBytes: UPLOAD_CHUNK_BYTES,
  reply: z.object({ missing: z.number().int() }),
})

/**
 * Checks the whole and lists it as a backup that is `running` and `verifying`: a job reads it, and it ends as good, or as
 * `failed` with nothing kept. An encrypted one without its password is listed as `warnings`. Calling it again answers the
 * same backup. 409 while chunks are missing. A wrong password changes nothing; a file that is no archive, or not the
 * announced one, is thrown away.
 */
export const completeUpload = endpoint({
  id: 'uploadComplete',
  method: 'POST',
  path: '/api:console/uploads/{id}/complete',
  scope: 'instance:workspace:create',
  changes: ['backups'],
  params: UploadParams,
  body: z.strictObject({ password: z.string().max(1_000).default('') }),
  bodyOptional: true,
  reply: Backup,
  status: 202,
})

export const deleteUpload = endpoint({
  id: 'uploadDelete',
  method: 'DELETE',
  path: '/api:console/uploads/{id}',
  scope: 'instance:workspace:create',
  params: UploadParams,
  reply: z.null(),
})
