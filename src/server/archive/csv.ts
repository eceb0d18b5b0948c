const QUOTE = 0x22
const LINE_FEED = 0x0a

/** Text is looked through in blocks of so many bytes; one without quotes needs no look at every byte. */
const BLOCK_BYTES = 4_096

/** Counts the records of a CSV text that comes in chunks; a line end within quotes ends no record. */
export class CsvCounter {
  /** Records that have ended so far, the header among them. */
  records = 0
  #isQuoted = false
  #endsRecord = true

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    for (let at = 0; at < chunk.length;) {
      const quote = this.#isQuoted ? at : chunk.indexOf(QUOTE, at)
      const plainEnd = quote === -1 ? chunk.length : quote
      this.records += countLineFeeds(chunk, at, plainEnd)
      at = Math.min(plainEnd + BLOCK_BYTES, chunk.length)
      this.#countBytes(chunk, plainEnd, at)
    }
    this.#endsRecord = !this.#isQuoted && chunk.at(-1) === LINE_FEED
  }

  /** Looks at every byte between the two places. */
  #countBytes(chunk: Buffer, start: number, end: number): void {
    let isQuoted = this.#isQuoted
    let records = 0
    for (let at = start; at < end; at += 1) {
      const byte = chunk[at]
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === LINE_FEED && !isQuoted) records += 1
    }
    this.#isQuoted = isQuoted
    this.records += records
  }

  /** True where the text so far ends with a whole record. */
  get isComplete(): boolean {
    return this.#endsRecord
  }
}

function countLineFeeds(chunk: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = chunk.indexOf(LINE_FEED, start); at !== -1 && at < end; at = chunk.indexOf(LINE_FEED, at + 1))
    count += 1
  return count
}
