const QUOTE = 0x22
const LINE_FEED = 0x0a

/** Counts the records of a CSV text that comes in chunks; a line end within quotes ends no record. */
export class CsvCounter {
  /** Records that have ended so far, the header among them. */
  records = 0
  #isQuoted = false
  #endsRecord = true

  /** Index after the last record that ends in this chunk; 0 when none does. */
  push(chunk: Buffer): number {
    let isQuoted = this.#isQuoted
    let records = 0
    let end = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === LINE_FEED && !isQuoted) {
        records += 1
        end = at + 1
      }
    }
    this.#isQuoted = isQuoted
    this.records += records
    if (chunk.length > 0) this.#endsRecord = end === chunk.length
    return end
  }

  /** True where the text so far ends with a whole record. */
  get isComplete(): boolean {
    return this.#endsRecord && !this.#isQuoted
  }
}

/** Rows of a table, with the header in front. */
export interface CsvPart {
  chunks: Buffer[]
  bytes: number
  rows: number
}

/** Cuts a CSV text into parts of at least `partBytes`, between records, and repeats the header in each. */
export class CsvSplitter {
  readonly #partBytes: number
  readonly #counter = new CsvCounter()
  #header: Buffer = Buffer.alloc(0)
  #hasHeader = false
  #pending: Buffer[] = []
  #pendingBytes = 0
  #rowsCut = 0

  constructor(partBytes: number) {
    this.#partBytes = partBytes
  }

  /** Rows that have come whole. */
  get rows(): number {
    return Math.max(0, this.#counter.records - 1)
  }

  /** Takes a chunk; answers a part when one is full. */
  push(chunk: Buffer): CsvPart | undefined {
    const rest = this.#hasHeader ? chunk : this.#takeHeader(chunk)
    if (rest.length === 0) return undefined
    const end = this.#counter.push(rest)
    this.#pendingBytes += rest.length
    if (end === 0 || this.#pendingBytes < this.#partBytes) {
      this.#pending.push(rest)
      return undefined
    }
    this.#pending.push(rest.subarray(0, end))
    this.#pendingBytes -= rest.length - end
    const part = this.#cut()
    this.#pending = [rest.subarray(end)]
    this.#pendingBytes = rest.length - end
    return part
  }

  /** The rows that are left; only a header where there are none. Undefined when the last part ended exactly. */
  end(): CsvPart | undefined {
    if (!this.#hasHeader || !this.#counter.isComplete) throw new Error('The rows of a table ended in the middle of one')
    return this.#pendingBytes > 0 || this.#rowsCut === 0 ? this.#cut() : undefined
  }

  #cut(): CsvPart {
    const rows = this.rows - this.#rowsCut
    this.#rowsCut = this.rows
    return { chunks: [this.#header, ...this.#pending], bytes: this.#header.length + this.#pendingBytes, rows }
  }

  /** Collects the first record; answers what comes after it. */
  #takeHeader(chunk: Buffer): Buffer {
    this.#header = Buffer.concat([this.#header, chunk])
    const end = firstRecordEnd(this.#header)
    if (end === 0) return Buffer.alloc(0)
    const rest = this.#header.subarray(end)
    this.#header = this.#header.subarray(0, end)
    this.#counter.push(this.#header)
    this.#hasHeader = true
    return rest
  }
}

function firstRecordEnd(text: Buffer): number {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === QUOTE) isQuoted = !isQuoted
    else if (text[at] === LINE_FEED && !isQuoted) return at + 1
  }
  return 0
}
