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

/** Rows of a table, with the header in front, in pieces that follow each other. */
export interface CsvPart {
  chunks: Buffer[]
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
    const end = this.#counter.push(rest)
    if (end === 0 || this.#pendingBytes + end < this.#partBytes) {
      this.#add(rest)
      return undefined
    }
    this.#add(rest.subarray(0, end))
    const part = this.#cut()
    this.#add(rest.subarray(end))
    return part
  }

  /** The rows that are left; only a header where there are none. Undefined when the last part ended exactly. */
  end(): CsvPart | undefined {
    if (!this.#hasHeader || !this.#counter.isComplete) throw new Error('The rows of a table ended in the middle of one')
    return this.#pendingBytes > 0 || this.#rowsCut === 0 ? this.#cut() : undefined
  }

  #add(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
  }

  #cut(): CsvPart {
    const part = { chunks: [this.#header, ...this.#pending], rows: this.rows - this.#rowsCut }
    this.#rowsCut = this.rows
    this.#pending = []
    this.#pendingBytes = 0
    return part
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
