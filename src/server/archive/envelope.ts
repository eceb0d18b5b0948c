import { pipeline, Readable, type Transform } from 'node:stream'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

import { AppError } from '../errors.ts'
import { createEncryption, decrypt } from './age.ts'
import { badArchive, corrupted, truncated, wrongPassword } from './archive-error.ts'
import { ByteReader } from './byte-reader.ts'
import { refuseForeign } from './foreign-format.ts'
import { BOMB_FLOOR_BYTES, BOMB_RATIO } from './format.ts'
import { createStamp, StampedInput } from './stamp.ts'

/**
 * The wrapping of an archive's tar: one zstd frame, a stamp, and around both, with a password, age. The stamp
 * (`stamp.ts`) is there because zstd has bits that say nothing, and whose change would go unnoticed.
 */
const ZSTD_LEVEL = 1
/** Matches of the rows of tables are long and near; so set, level 1 packs them tighter than level 3, at twice its rate. */
const WINDOW_LOG = 21
const HASH_LOG = 16
const MIN_MATCH = 7
/** What a reader takes: 8 MB, the window of the zstd program at its usual levels. */
const READ_WINDOW_LOG_MAX = 23
/** What compressing and unpacking put out at a time: each costs a turn of another thread. */
const CHUNK_BYTES = 262_144
/** Small chunks of a tar are put together up to this. */
const GATHERED_BYTES = 131_072

/** Enough to tell what a file is, and to hold the header of an encrypted one. */
const HEAD_BYTES = 4_096

/**
 * Compresses, and encrypts where there is a password. A chunk of the tar is done with when the next one is asked for.
 * Errors of the tar destroy the result, and whoever destroys the result ends the tar.
 */
export async function seal(tar: AsyncIterable<Buffer>, password: string): Promise<Readable> {
  const cipher = password === '' ? undefined : await createEncryption(password)
  const compress = createZstdCompress({
    chunkSize: CHUNK_BYTES,
    params: {
      [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL,
      [constants.ZSTD_c_windowLog]: WINDOW_LOG,
      [constants.ZSTD_c_hashLog]: HASH_LOG,
      [constants.ZSTD_c_minMatch]: MIN_MATCH,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  })
  void feed(gathered(tar), compress)
  const stamped = pipeline(compress, createStamp(), () => undefined)
  return cipher === undefined ? stamped : pipeline(stamped, cipher, () => undefined)
}

/**
 * Writes chunk by chunk into the compressor, and ends it only when it has taken the last one: Node's compressor, told to
 * end while a chunk is waiting, adds an empty second frame.
 */
async function feed(source: AsyncIterable<Buffer>, target: Transform): Promise<void> {
  // A write that is under way when its stream is destroyed may never be answered.
  const closed = new Promise<Error>((resolve) => target.once('close', () => resolve(new Error('The reader went away'))))
  try {
    for await (const chunk of source) {
      const taken = new Promise<Error | null | undefined>((resolve) => target.write(chunk, resolve))
      const failure = await Promise.race([taken, closed])
      if (failure != null) throw failure
    }
    target.end()
  } catch (error) {
    target.destroy(error as Error)
  }
}

/** Puts small chunks together: each chunk costs the compressor a turn of its thread. */
async function* gathered(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const room = Buffer.allocUnsafeSlow(GATHERED_BYTES)
  let used = 0
  for await (const chunk of source) {
    if (used > 0 && used + chunk.length > room.length) {
      yield room.subarray(0, used)
      used = 0
    }
    if (chunk.length > room.length) yield chunk
    else used += chunk.copy(room, used)
  }
  if (used > 0) yield room.subarray(0, used)
}

/** Where an archive's bytes come from; it can be opened several times. */
export interface ArchiveSource {
  open(): Promise<Readable>
}

export interface OpenedArchive {
  encrypted: boolean
  /** The tar, unverified. Throws `bad_archive` for damage, an early end and a bomb. */
  tar: AsyncGenerator<Buffer>
}

/** Finds out what the file is, and takes the wrapping off. Throws `wrong_password` before any content is read. */
export async function openArchive(source: ArchiveSource, password: string): Promise<OpenedArchive> {
  const stream = await source.open()
  const reader = new ByteReader(stream as AsyncIterable<Buffer>)
  try {
    const head = await reader.upTo(HEAD_BYTES)
    const encrypted = isEncrypted(head)
    if (!encrypted) refuseForeign(head)
    if (encrypted && password === '') throw wrongPassword('password_required')
    const bytes = withHead(head, reader)
    return { encrypted, tar: unseal(encrypted ? await decrypt(head, bytes, password) : bytes, stream) }
  } catch (error) {
    stream.destroy()
    throw error
  }
}

/** Throws `wrong_password` unless the password opens the archive; reads its first block only. */
export async function provePassword(source: ArchiveSource, password: string): Promise<void> {
  const { tar } = await openArchive(source, password)
  try {
    await tar.next()
  } finally {
    await tar.return(undefined)
  }
}

function isEncrypted(head: Buffer): boolean {
  return head.toString('latin1', 0, 19) === 'age-encryption.org/'
}

async function* withHead(head: Buffer, reader: ByteReader): AsyncGenerator<Buffer> {
  yield head
  yield* reader.rest()
}

async function* unseal(compressed: AsyncIterable<Buffer>, origin: Readable): AsyncGenerator<Buffer> {
  const input = new StampedInput(compressed)
  let bytesOut = 0
  const decompress = createZstdDecompress({
    chunkSize: CHUNK_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: READ_WINDOW_LOG_MAX },
  })
  pipeline(Readable.from(input.frame(), { objectMode: false }), decompress, () => undefined)
  try {
    for await (const chunk of decompress as AsyncIterable<Buffer>) {
      bytesOut += chunk.length
      if (bytesOut > BOMB_FLOOR_BYTES && bytesOut > BOMB_RATIO * input.bytes) {
        throw badArchive('bomb', 'The archive unpacks to far more than its size allows for.')
      }
      yield chunk
    }
    // The decompressor stops at the end of the frame and does not look at what follows.
    if (decompress.bytesWritten !== input.bytes || !input.isRead) throw corrupted('data follows after its end')
    input.requireStamp()
  } catch (error) {
    throw readError(error)
  } finally {
    decompress.destroy()
    origin.destroy()
  }
}

function readError(error: unknown): unknown {
  if (error instanceof AppError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'Z_BUF_ERROR') return truncated(error)
  if (code.startsWith('ZSTD_error')) return corrupted('its compressed data does not add up', error)
  return error
}
