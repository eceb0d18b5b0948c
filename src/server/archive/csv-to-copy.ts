import { corrupted } from './archive-error.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const TAB = 0x09
const BACKSLASH = 0x5c

/** What follows the backslash of each byte that the text format escapes; 0 for all others. */
const ESCAPES = new Uint8Array(256)
ESCAPES[BACKSLASH] = BACKSLASH
ESCAPES[TAB] = 0x74
ESCAPES[LINE_FEED] = 0x6e
ESCAPES[CARRIAGE_RETURN] = 0x72
const NULL_LETTER = 0x4e

/** 1 for each byte that is the same in both, wherever it stands. */
const ORDINARY = new Uint8Array(256).map((_, byte) => (ESCAPES[byte] === 0 && byte !== QUOTE && byte !== COMMA ? 1 : 0))

/** Most bytes that one byte of CSV becomes: a comma behind nothing, `\N` and a tab. */
const MOST_BYTES = 3

/** `quote` = behind a quote within quotes: their end, or the first of two that stand for one. */
type Place = 'plain' | 'quoted' | 'quote'

/**
 * Turns CSV as archives hold it, in chunks, into the text format of COPY, which PostgreSQL reads in three quarters of
 * the time. Quotes, nulls and empty texts mean what PostgreSQL takes them for:
 * https://www.postgresql.org/docs/current/sql-copy.html
 */
export class CsvToCopy {
  /** Records that have ended so far, a header among them. */
  records = 0
  /** True where the text so far ends with a whole record. */
  isComplete = true
  #place: Place = 'plain'
  /** True where the field has nothing yet, not even a quote: then it is null. */
  #isNull = true
  #out: Buffer = Buffer.alloc(0)
  #length = 0

  push(chunk: Buffer): Buffer {
    this.#out = Buffer.allocUnsafe(chunk.length + (chunk.length >> 3) + MOST_BYTES)
    this.#length = 0
    for (let at = 0; at < chunk.length; at += 1) {
      at = this.#copyOrdinary(chunk, at)
      const byte = chunk[at]
      if (byte === undefined) break
      this.#makeRoom(chunk.length - at)
      if (byte === QUOTE) this.#quote()
      else if (this.#place === 'quoted') this.#escape(byte)
      else this.#plain(byte)
    }
    if (chunk.length > 0) this.isComplete = this.#place === 'plain' && chunk.at(-1) === LINE_FEED
    return this.#out.subarray(0, this.#length)
  }

  /** Copies what needs no look; answers where it ends. */
  #copyOrdinary(chunk: Buffer, start: number): number {
    const out = this.#out
    let length = this.#length
    let at = start
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (ORDINARY[byte] === 0) break
      out[length] = byte
      length += 1
    }
    this.#length = length
    if (at > start) {
      this.#isNull = false
      if (this.#place === 'quote') this.#place = 'plain'
    }
    return at
  }

  #quote(): void {
    if (this.#place === 'quote') this.#write(QUOTE)
    this.#place = this.#place === 'quoted' ? 'quote' : 'quoted'
    this.#isNull = false
  }

  /** A byte with a meaning, outside of quotes. */
  #plain(byte: number): void {
    this.#place = 'plain'
    if (byte === COMMA || byte === LINE_FEED) this.#endField(byte)
    else if (byte === CARRIAGE_RETURN) throw corrupted('a line in it ends as no backup writes it')
    else this.#escape(byte)
  }

  #endField(separator: number): void {
    if (this.#isNull) {
      this.#write(BACKSLASH)
      this.#write(NULL_LETTER)
    }
    this.#isNull = true
    this.#write(separator === COMMA ? TAB : LINE_FEED)
    if (separator === LINE_FEED) this.records += 1
  }

  #escape(byte: number): void {
    const letter = ESCAPES[byte] ?? 0
    if (letter !== 0) this.#write(BACKSLASH)
    this.#write(letter === 0 ? byte : letter)
    this.#isNull = false
  }

  #write(byte: number): void {
    this.#out[this.#length] = byte
    this.#length += 1
  }

  /** Room for the bytes that are left, were they all ordinary, and for what this one may become. */
  #makeRoom(bytesLeft: number): void {
    if (this.#out.length - this.#length >= bytesLeft + MOST_BYTES) return
    const larger = Buffer.allocUnsafe(this.#out.length + bytesLeft * MOST_BYTES)
    this.#out.copy(larger, 0, 0, this.#length)
    this.#out = larger
  }
}
