import { randomUUID } from 'node:crypto'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/uploads.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { requireWholeReach } from '../backups/receive-upload.ts'
import { toBackup } from '../backups/store.ts'
import { completeUpload, objectOf } from './complete.ts'
import { receiveChunk } from './receive-chunk.ts'
import * as store from './store.ts'
import { makeUploadFile, removeUploadFile } from './upload-file.ts'

type UploadDeps = Pick<Deps, 'config' | 'connection' | 'targets' | 'jobs' | 'vault' | 'now'>

/** Archives that arrive in chunks: begin, send, look what is missing, complete, take away. */
export function registerUploads(app: FastifyInstance, deps: UploadDeps): void {
  const { config, connection, targets, now } = deps
  const { db } = connection

  serve(app, contract.createUpload, async ({ body, caller, trail }) => {
    requireWholeReach(caller)
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
    const row = await completeUpload(deps, caller, params.id, body.password)
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    trail.detail = { uploaded: true, encrypted: row.encrypted, bytes: row.bytes }
    return toBackup(row)
  })

  serve(app, contract.deleteUpload, async ({ params, caller, trail }) => {
    requireWholeReach(caller)
    const upload = await store.getUpload(db, caller, params.id)
    if (!(await store.deleteUpload(db, upload.id))) throw store.noUpload(upload.id)
    await removeUploadFile(config, upload.id)
    await (await targets.open(null)).delete(objectOf(upload.id))
    trail.target = { kind: 'upload', id: upload.id, name: upload.name }
    return null
  })
}
