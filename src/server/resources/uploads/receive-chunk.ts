import { createHash } from 'node:crypto'

import type { Caller } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { flagChunk, lockUpload, noUpload, type UploadRow } from './store.ts'
import { writeAt } from './upload-file.ts'

/** Name of the header that every chunk comes with. */
const CHECKSUM_HEADER = 'x-chunk-sha256'

export interface ReceivedChunk {
  id: string
  index: number
  bytes: Uint8Array
  /** SHA-256 as the sender says it, in the header `x-chunk-sha256`. */
  sha256: string | string[] | undefined
}

/**
 * Takes a chunk: checked, written at its place and safe on the disk, and only then noted. Chunks may come in any order,
 * several at a time, and again. Answers how many are still missing.
 */
export async function receiveChunk(
  { config, connection: { db }, now }: Pick<Deps, 'config' | 'connection' | 'now'>,
  caller: Caller,
  chunk: ReceivedChunk,
): Promise<number> {
  requireChecksum(chunk)
  return db.transaction().execute(async (trx) => {
    const upload = await lockUpload(trx, caller, chunk.id, { alone: false })
    if (upload === undefined) throw noUpload(chunk.id)
    requirePlace(upload, chunk)
    await writeAt(config, upload.id, chunk.bytes, chunk.index * upload.chunk_bytes)
    return flagChunk(trx, upload.id, chunk.index, now())
  })
}

function requireChecksum({ bytes, sha256 }: ReceivedChunk): void {
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw invalidInput(CHECKSUM_HEADER, `Send the SHA-256 of the chunk as 64 hexadecimal digits in ${CHECKSUM_HEADER}.`)
  }
  if (createHash('sha256').update(bytes).digest('hex') === sha256.toLowerCase()) return
  throw invalidInput(
    CHECKSUM_HEADER,
    'The chunk is not the one that was sent: its SHA-256 differs. Nothing of it was kept; send it again.',
  )
}

function requirePlace(upload: UploadRow, { index, bytes }: ReceivedChunk): void {
  const chunks = upload.received.length
  if (index >= chunks) {
    throw invalidInput('index', `The upload has ${chunks} chunks, counted from 0: there is no chunk ${index}.`)
  }
  const wanted = Math.min(upload.chunk_bytes, upload.bytes - index * upload.chunk_bytes)
  if (bytes.length === wanted) return
  throw invalidInput('body', `Chunk ${index} has ${bytes.length} bytes and must have ${wanted}.`)
}
