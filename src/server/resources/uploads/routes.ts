import { randomUUID } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/uploads.ts'

import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { requireWholeReach } from '../backups/receive-upload.ts'
import { toBackup } from '../backups/store.ts'
import { createSlots } from '../transfer/slots.ts'
import { completeUpload, objectOf } from './complete.ts'
import { receiveChunk } from './receive-chunk.ts'
import * as store from './store.ts'
import { makeUploadFile, removeUploadFile } from './upload-file.ts'

type UploadDeps = Pick<Deps, 'config' | 'connection' | 'targets' | 'jobs' | 'vault' | 'now'>

/** Uploads that are completed at a time in one process. */
const COMPLETIONS_MAX = 2
/** How long a further one waits for its turn. */
const COMPLETION_WAIT_MS = 20_000
const TOO_MANY_COMPLETIONS = `${COMPLETIONS_MAX} uploads are being completed, the most at a time. Ask again when one of them is done.`

/** Archives that arrive in chunks: begin, send, look what is missing, complete, take away. */
export function registerUploads(app: FastifyInstance, deps: UploadDeps): void {
  const { config, connection, targets, now } = deps
  const { db } = connection
  const slots = createSlots(COMPLETIONS_MAX, COMPLETION_WAIT_MS, TOO_MANY_COMPLETIONS)

  serve(app, contract.createUpload, async ({ body, caller, trail }) => {
    requireWholeReach(caller)
    requireFew(await store.countUploads(db, caller))
    const id = randomUUID()
    const at = now()
    await makeUploadFile(config, id, body.bytes)
    try {
      const row = await store.insertUpload(db, {
        id,
        name: body.name,
        bytes: body.bytes,
        sha256: body.sha256 ?? null,
        chunk_bytes: contract.UPLOAD_CHUNK_BYTES,
        received: Array.from({ length: Math.ceil(body.bytes / contract.UPLOAD_CHUNK_BYTES) }, () => false),
        created_by: store.creatorOf(caller),
        created_at: at,
        touched_at: at,
      })
      trail.target = { kind: 'upload', id, name: body.name }
      trail.detail = { bytes: body.bytes }
      return store.toUpload(row)
    } catch (error) {
      await removeUploadFile(config, id)
      throw error
    }
  })

  serve(app, contract.listUploads, async ({ caller }) => {
    requireWholeReach(caller)
    return { items: await store.listUploads(db, caller) }
  })

  serve(app, contract.getUpload, async ({ params, caller }) => {
    requireWholeReach(caller)
    return store.toUpload(await store.getUpload(db, caller, params.id))
  })

  serve(app, contract.putChunk, async ({ params: { id, index }, body, caller, request }) => {
    requireWholeReach(caller)
    const sha256 = request.headers['x-chunk-sha256']
    return { missing: await receiveChunk(deps, caller, { id, index, bytes: body, sha256 }) }
  })

  serve(app, contract.completeUpload, async ({ params, body, caller, trail }) => {
    requireWholeReach(caller)
    const row = await completeUpload({ ...deps, slots }, caller, params.id.toLowerCase(), body.password)
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    trail.detail = { uploaded: true, encrypted: row.encrypted, bytes: row.bytes }
    return toBackup(row)
  })

  serve(app, contract.deleteUpload, async ({ params, caller, trail }) => {
    requireWholeReach(caller)
    const upload = await db.transaction().execute(async (trx) => {
      const held = await store.lockUpload(trx, caller, params.id, { alone: true })
      if (held === undefined) throw store.noUpload(params.id)
      await store.deleteUpload(trx, held.id)
      return held
    })
    await removeUploadFile(config, upload.id)
    await (await targets.open(null)).delete(objectOf(upload.id))
    trail.target = { kind: 'upload', id: upload.id, name: upload.name }
    return null
  })
}

/** Uploads of one caller that are not complete; each keeps what has arrived of it for a week. */
const UPLOADS_MAX = 50

/** Throws 409 where the caller has as many already. */
function requireFew(count: number): void {
  if (count < UPLOADS_MAX) return
  throw new AppError(
    'conflict',
    `You have ${count} uploads that are not complete, the most there may be. Go on with one of them, or remove some.`,
    { payload: { reason: 'too_many_uploads' } },
  )
}
