import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'

import { corrupted, truncated } from './archive-error.ts'

/**
 * The last bytes of an archive: a skippable zstd frame (RFC 8878, 3.1.2), which the zstd program passes over, with the
 * SHA-256 of all bytes before it.
 */
const STAMP_HEAD = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 32, 0, 0, 0])
const STAMP_BYTES = STAMP_HEAD.length + 32

/** Magic, frame header descriptor and window (2 MB) of the frame that archives begin with (RFC 8878, 3.1.1.1). */
const FRAME_START = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58])
const CONTENT_SIZE_FLAGS = 0b1110_0000

/** Adds the stamp to a zstd frame. */
export function createStamp(): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(null, Buffer.concat([STAMP_HEAD, hash.digest()]))
    },
  })
}

/** Separates the frame from its stamp, and compares the two. */
export class StampedInput {
  /** Bytes of the frame that were read so far. */
  bytes = 0
  /** True once the source has been read to its end. */
  isRead = false
  readonly #source: AsyncIterable<Buffer>
  #problem: Error | undefined

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source
  }

  /** The frame without the stamp. */
  async *frame(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    let kept: Buffer = Buffer.alloc(0)
    let start: Buffer = Buffer.alloc(0)
    for await (const chunk of this.#source) {
      kept = Buffer.concat([kept, chunk])
      if (start.length < FRAME_START.length) start = Buffer.concat([start, chunk]).subarray(0, FRAME_START.length)
      const ready = kept.subarray(0, Math.max(0, kept.length - STAMP_BYTES))
      if (ready.length === 0) continue
      kept = kept.subarray(ready.length)
      hash.update(ready)
      this.bytes += ready.length
      yield ready
    }
    this.isRead = true
    if (kept.subarray(0, STAMP_HEAD.length).equals(STAMP_HEAD)) {
      const isRight = kept.subarray(STAMP_HEAD.length).equals(hash.digest())
      this.#problem = isRight ? undefined : corrupted('its bytes are not the ones that were written')
      return
    }
    this.#problem = problemWithout(start)
    this.bytes += kept.length
    yield kept
  }

  /** Throws unless the stamp was there and right. Asked last, so that finer reasons are told first. */
  requireStamp(): void {
    if (this.#problem !== undefined) throw this.#problem
  }
}

/** An archive that the zstd program packed anew tells its content's size, and goes without a stamp; ours does not. */
function problemWithout(start: Buffer): Error | undefined {
  const tellsSize = ((start[4] ?? 0) & CONTENT_SIZE_FLAGS) !== 0
  if (tellsSize) return undefined
  return start.equals(FRAME_START) ? truncated() : corrupted('its compressed data does not begin as archives do')
}
