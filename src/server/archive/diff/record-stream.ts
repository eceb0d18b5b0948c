import { badArchive } from '../archive-error.ts'

export const QUOTE = 0x22
export const COMMA = 0x2c
export const LINE_FEED = 0x0a

/** Enough for a few chunks; it grows only for a record that is larger. */
const START_BYTES = 262_144
/** Room for that much at least is made before more is read. */
const ROOM_BYTES = 65_536

/** Where records come from; a `CopyOut` is one, and `chunksOf` makes one of chunks. */
export interface RecordSource {
  /** How many bytes there must be room for; 0 at the end. */
  next(): Promise<number>
  /** Copies what fits into the buffer from `offset` on, at least what `next` said, and answers where that ends. */
  fill(target: Buffer, offset: number): Promise<{ end: number }>
}

/** Chunks of any size as a source. */
export function chunksOf(source: AsyncIterable<Buffer>): RecordSource {
  const chunks = source[Symbol.asyncIterator]()
  let chunk: Buffer = Buffer.alloc(0)
  return {
    async next() {
      while (chunk.length === 0) {
        const next = await chunks.next()
        if (next.done === true) return 0
        chunk = next.value
      }
      return chunk.length
    },
    fill(target, offset) {
      const end = offset + chunk.copy(target, offset)
      chunk = chunk.subarray(end - offset)
      return Promise.resolve({ end })
    },
  }
}

/**
 * CSV records without a header, as PostgreSQL writes them. What was read and not yet taken
 * lies in `data` from `start` to `end`, and always begins with a record. Memory is bounded by the largest record.
 */
export class RecordStream {
  /** Changed by whatever reads more: copy what is to be kept. */
  data: Buffer = Buffer.allocUnsafeSlow(START_BYTES)
  start = 0
  end = 0
  /** Whose records they are. */
  readonly table: string
  readonly #source: RecordSource

  constructor(source: RecordSource, table: string) {
    this.table = table
    this.#source = source
  }

  /** Bytes that are at hand. */
  get length(): number {
    return this.end - this.start
  }

  /** Reads on; false at the end. */
  async fill(): Promise<boolean> {
    const bytes = await this.#source.next()
    if (bytes === 0) return false
    this.#makeRoom(Math.max(bytes, ROOM_BYTES))
    this.end = (await this.#source.fill(this.data, this.end)).end
    return true
  }

  /** Takes that many bytes, which must be whole records. */
  skip(bytes: number): void {
    this.start += bytes
  }

  /** The next record, once it is whole, without its line feed; null at the end. It is taken by `skipRecord`. */
  async record(): Promise<Buffer | null> {
    let scanned = 0
    let isQuoted = false
    for (;;) {
      const { data, start, end } = this
      for (let at = start + scanned; at < end; at += 1) {
        const byte = data[at]
        if (byte === QUOTE) isQuoted = !isQuoted
        else if (byte === LINE_FEED && !isQuoted) return data.subarray(start, at)
      }
      scanned = end - start
      if (await this.fill()) continue
      if (scanned === 0) return null
      throw badArchive('bad_rows', `The rows of "${this.table}" end in the middle of one.`)
    }
  }

  /** Takes the record that `record` answered. */
  skipRecord(record: Buffer): void {
    this.skip(record.length + 1)
  }

  /** How many of the next `bytes` bytes are whole records. */
  wholeRecords(bytes: number): number {
    const piece = this.data.subarray(this.start, this.start + bytes)
    return endOfRecords(piece)
  }

  #makeRoom(bytes: number): void {
    if (this.length === 0) this.start = this.end = 0
    if (this.end + bytes <= this.data.length) return
    const needed = this.length + bytes
    const target = needed * 2 <= this.data.length ? this.data : Buffer.allocUnsafeSlow(needed * 2)
    this.data.copy(target, 0, this.start, this.end)
    this.end = this.length
    this.start = 0
    this.data = target
  }
}

/** Index after the last record that ends in the text, which begins with one; 0 where none does. */
function endOfRecords(text: Buffer): number {
  if (!text.includes(QUOTE)) return text.lastIndexOf(LINE_FEED) + 1
  let isQuoted = false
  let end = 0
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (byte === LINE_FEED && !isQuoted) end = at + 1
  }
  return end
}
