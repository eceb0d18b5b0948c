import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'

import type { Call } from '#api/client/call.ts'
import type { Backup } from '#api/contract/backups.ts'
import { completeUpload, createUpload, deleteUpload, putChunk, type Upload } from '#api/contract/uploads.ts'

import { wrongUsage } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'
import { bytesText } from './text.ts'

/** Uploads an archive file in chunks. Answers the backup that it becomes. What a failure leaves is removed. */
export async function sendFile(
  call: Call,
  file: string,
  password: string,
  { pathOf, progress, signal }: Surroundings,
): Promise<Backup> {
  const handle = await openArchiveFile(pathOf(file), file)
  try {
    const { size: bytes } = await handle.stat()
    const sha256 = await hashOf(handle)
    const upload = await call(createUpload, { body: { name: basename(file), bytes, sha256 }, signal })
    try {
      for (const index of upload.missing) {
        signal.throwIfAborted()
        progress(`sending: ${bytesText(index * upload.chunkBytes)} of ${bytesText(bytes)}`)
        await sendChunk(call, upload, index, handle, signal)
      }
      progress('')
      return await call(completeUpload, { params: { id: upload.id }, body: { password }, signal })
    } catch (error) {
      await call(deleteUpload, { params: { id: upload.id } }).catch(() => undefined)
      throw error
    }
  } finally {
    await handle.close()
  }
}

/** Opens an archive file for reading. Throws exit code 2 where there is none. */
export async function openArchiveFile(path: string, name: string): Promise<FileHandle> {
  try {
    const handle = await open(path, 'r')
    const stat = await handle.stat()
    if (stat.isFile() && stat.size > 0) return handle
    await handle.close()
  } catch (error) {
    throw wrongUsage(`The file ${name} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`)
  }
  throw wrongUsage(`${name} is not a file with anything in it.`)
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const stream = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 262_144 })
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

async function sendChunk(
  call: Call,
  upload: Upload,
  index: number,
  handle: FileHandle,
  signal: AbortSignal,
): Promise<void> {
  const start = index * upload.chunkBytes
  const body = new Uint8Array(Math.min(upload.chunkBytes, upload.bytes - start))
  for (let done = 0; done < body.length;) {
    const { bytesRead } = await handle.read(body, done, body.length - done, start + done)
    if (bytesRead === 0) throw wrongUsage('The file became shorter while it was read.')
    done += bytesRead
  }
  const headers = { 'x-chunk-sha256': createHash('sha256').update(body).digest('hex') }
  await call(putChunk, { params: { id: upload.id, index }, body, headers, signal })
}
