import { createHash, type Hash } from 'node:crypto'
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
    let start: Buffer = Buffer.alloc(0)
    // What may belong to the stamp: as many of the last chunks as it takes to hold one.
    let held: Buffer[] = []
    let heldBytes = 0
    for await (const chunk of this.#source) {
      if (start.length < FRAME_START.length) start = Buffer.concat([start, chunk]).subarray(0, FRAME_START.length)
      held.push(chunk)
      heldBytes += chunk.length
      while (heldBytes - (held[0]?.length ?? 0) >= STAMP_BYTES) {
        const ready = held.shift() ?? Buffer.alloc(0)
        heldBytes -= ready.length
        hash.update(ready)
        this.bytes += ready.length
        yield ready
      }
    }
    const end = Buffer.concat(held)
    held = []
    this.isRead = true
    yield* this.#last(end, start, hash)
  }

  /** What is left of the frame before the stamp, or where there is none, all that is left. */
  *#last(end: Buffer, start: Buffer, hash: Hash): Generator<Buffer> {
    const stamp = end.subarray(Math.max(0, end.length - STAMP_BYTES))
    const hasStamp = stamp.subarray(0, STAMP_HEAD.length).equals(STAMP_HEAD)
    const rest = hasStamp ? end.subarray(0, end.length - stamp.length) : end
    if (hasStamp) {
      const isRight = stamp.subarray(STAMP_HEAD.length).equals(hash.update(rest).digest())
      this.#problem = isRight ? undefined : corrupted('its bytes are not the ones that were written')
    } else {
      this.#problem = problemWithout(start)
    }
    this.bytes += rest.length
    if (rest.length > 0) yield rest
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
