import { ApiError } from '#api/client/api-error.ts'
import { call } from '#api/client/call.ts'
import type { Backup } from '#api/contract/backups.ts'
import { completeUpload, createUpload, listUploads, putChunk, type Upload } from '#api/contract/uploads.ts'

import { sha256Hex } from './sha256-hex.ts'

/** Chunks on their way at a time. */
const PARALLEL = 3
/** A lost connection is waited for: the pause doubles up to the last one, and starts anew after a success. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const
/** Pauses without any success after which the upload ends; what was sent stays, and can be gone on with. */
const TRIES_MAX = 20

export interface UploadProgress {
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

/** Sends an archive in chunks; goes on with an earlier try of the same file. Answers the backup, which is verified next. */
export async function uploadFile({ file, password, signal, onProgress }: UploadInput): Promise<Backup> {
  const upload = await beginOrResume(file, signal)
  const missing = [...upload.missing]
  const isWaiting = new Set<number>()
  const sizeOf = (index: number): number => Math.min(upload.chunkBytes, file.size - index * upload.chunkBytes)
  let bytes = file.size - missing.reduce((sum, index) => sum + sizeOf(index), 0)
  const resumedAt = bytes
  const tell = (): void => onProgress({ bytes, total: file.size, resumedAt, isWaiting: isWaiting.size > 0 })
  tell()

  async function worker(): Promise<void> {
    for (let index = missing.shift(); index !== undefined; index = missing.shift()) {
      const at = index
      const start = at * upload.chunkBytes
      const chunk = new Uint8Array(await file.slice(start, start + upload.chunkBytes).arrayBuffer())
      await sendPatiently(upload.id, at, chunk, signal, (waits) => {
        if (waits) isWaiting.add(at)
        else isWaiting.delete(at)
        tell()
      })
      bytes += chunk.length
      tell()
    }
  }

  await Promise.all(Array.from({ length: PARALLEL }, worker))
  return call(completeUpload, { params: { id: upload.id }, body: { password }, signal })
}

async function beginOrResume(file: File, signal: AbortSignal): Promise<Upload> {
  const { items } = await call(listUploads, { signal })
  const earlier = items.find(({ name, bytes }) => name === file.name && bytes === file.size)
  return earlier ?? call(createUpload, { body: { name: file.name, bytes: file.size }, signal })
}

/** Sends one chunk until it has arrived; only a server that says no ends that at once. */
async function sendPatiently(
  id: string,
  index: number,
  chunk: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  onWaiting: (waits: boolean) => void,
): Promise<void> {
  const headers = { 'x-chunk-sha256': await sha256Hex(chunk) }
  for (let attempt = 0; ; attempt += 1) {
    try {
      await call(putChunk, { params: { id, index }, body: chunk, headers, signal })
      onWaiting(false)
      return
    } catch (error) {
      if (!isPassing(error) || attempt >= TRIES_MAX) throw error
      onWaiting(true)
      await pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0, signal)
    }
  }
}

/** True for what may be over soon: no connection, a server that restarts or has too much to do. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const status = error.status ?? 0
  return error.code === 'network' || status === 429 || status === 502 || status === 503 || status === 504
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
