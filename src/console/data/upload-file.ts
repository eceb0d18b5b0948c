import type { Call } from '#api/client/call.ts'
import type { Backup } from '#api/contract/backups.ts'
import { completeUpload, createUpload, listUploads, putChunk, type Upload } from '#api/contract/uploads.ts'

import { patiently } from './patiently.ts'
import { sha256Hex } from './sha256-hex.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** Chunks on their way at a time. */
const PARALLEL = 3

export interface UploadProgress {
  /** Of the upload, for who wants to throw it away. */
  id: string
  /** Bytes that the server has; those of an earlier try are among them. */
  bytes: number
  total: number
  /** Bytes that an earlier try had sent. */
  resumedAt: number
  /** True while the connection is lost. */
  isWaiting: boolean
}

export interface UploadInput {
  file: File
  password: string
  signal: AbortSignal
  onProgress: (progress: UploadProgress) => void
}

/**
 * Sends an archive in chunks; goes on with an earlier try of the same file. Answers the backup, which is verified next.
 * Throws `ApiError`, `UnreadableFile`, and the signal's reason.
 */
export async function uploadFile(call: Call, { file, password, signal, onProgress }: UploadInput): Promise<Backup> {
  const upload = await beginOrResume(call, file, signal)
  const missing = [...upload.missing]
  const waiting = new Set<number>()
  const sizeOf = (index: number): number => Math.min(upload.chunkBytes, file.size - index * upload.chunkBytes)
  let bytes = file.size - missing.reduce((sum, index) => sum + sizeOf(index), 0)
  const resumedAt = bytes
  const tell = (): void =>
    onProgress({ id: upload.id, bytes, total: file.size, resumedAt, isWaiting: waiting.size > 0 })
  const onWaiting = (index: number) => (waits: boolean) => {
    if (waits) waiting.add(index)
    else waiting.delete(index)
    tell()
  }
  tell()

  // Where one chunk is refused for good, the others end too.
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])

  async function worker(): Promise<void> {
    for (let index = missing.shift(); index !== undefined; index = missing.shift()) {
      const chunk = await readChunk(file, index, upload.chunkBytes)
      const params = { id: upload.id, index }
      const headers = { 'x-chunk-sha256': await sha256Hex(chunk) }
      const send = () => call(putChunk, { params, body: asBlob(chunk), headers, signal: either })
      await patiently(send, { signal: either, onWaiting: onWaiting(index) })
      bytes += chunk.length
      tell()
    }
  }

  try {
    await Promise.all(Array.from({ length: PARALLEL }, worker))
  } catch (error) {
    failed.abort(error)
    throw error
  }
  const complete = () => call(completeUpload, { params: { id: upload.id }, body: { password }, signal })
  return patiently(complete, { signal, onWaiting: onWaiting(-1) })
}

async function beginOrResume(call: Call, file: File, signal: AbortSignal): Promise<Upload> {
  const { items } = await call(listUploads, { signal })
  const earlier = items.find((upload) => isSameFile(upload, file))
  return earlier ?? call(createUpload, { body: { name: file.name, bytes: file.size }, signal })
}

/** Whether a file is the one that an upload is of, as far as its name and size tell. */
export const isSameFile = (upload: Pick<Upload, 'name' | 'bytes'>, file: Pick<File, 'name' | 'size'>): boolean =>
  upload.name === file.name && upload.bytes === file.size

/** Bytes of an upload that the server has. */
export function arrivedBytes({ bytes, chunkBytes, missing }: Pick<Upload, 'bytes' | 'chunkBytes' | 'missing'>): number {
  return bytes - missing.reduce((sum, index) => sum + Math.min(chunkBytes, bytes - index * chunkBytes), 0)
}

/**
 * The browser sends a Blob beside the page, which stands still while bytes are handed over. The contract knows bytes
 * only; on the wire both are the same.
 */
const asBlob = (chunk: Uint8Array<ArrayBuffer>) => new Blob([chunk]) as unknown as Uint8Array<ArrayBuffer>

async function readChunk(file: File, index: number, chunkBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const start = index * chunkBytes
  try {
    return new Uint8Array(await file.slice(start, start + chunkBytes).arrayBuffer())
  } catch (cause) {
    throw new UnreadableFile(`${file.name} cannot be read any more. Choose it again to go on.`, { cause })
  }
}
