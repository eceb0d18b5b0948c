import type { Readable } from 'node:stream'

import type pg from 'pg'

/** Message types of PostgreSQL's protocol that may come between the rows of a COPY (PostgreSQL documentation, 55.7). */
const COPY_DATA = 0x64
const PASSED_OVER: ReadonlySet<number> = new Set(Buffer.from('HNSA'))
/** One byte of type and four of length, which counts itself. */
const HEAD_BYTES = 5
const LENGTH_BYTES = 4

const PIECE_BYTES = 65_536

/** Bytes that may wait here before the server is made to wait. */
const WAITING_MAX = 262_144

/**
 * Runs a `copy ... to stdout` on a client and hands its lines out one after the other. The server sends every line,
 * whatever it holds, as one message that tells its length first (PostgreSQL documentation, 55.2.6: "always one per
 * row"). So lines need not be searched for, and the length of one is known before its bytes are here. The bytes do not
 * pass through the driver, which would make an object of each line. One caller at a time.
 */
export class CopyOut implements pg.Submittable {
  /** Rows that the server says it sent; null until it has. */
  rowCount: number | null = null
  readonly #sql: string
  #stream: Readable | undefined
  /** Takes bytes to the driver again, once they are not ours any more. */
  #giveBack: (rest: Buffer) => void = () => undefined
  #waiting: Buffer[] = []
  #waitingBytes = 0
  /** The first bytes that wait, and how far they are read. */
  #chunk: Buffer = Buffer.alloc(0)
  #at = 0
  /** Bytes of the line at hand that were not handed out yet. */
  #left = 0
  #isEnded = false
  #error: unknown
  #wake: () => void = () => undefined

  constructor(sql: string) {
    this.#sql = sql
  }

  /**
   * Length of the next line in bytes, 0 after the last one. Throws what the server or the connection failed with. The
   * line at hand must have been taken to its end.
   */
  async next(): Promise<number> {
    while (this.#left === 0 && !this.#isEnded) {
      const head = await this.#exactly(HEAD_BYTES)
      if (head === undefined) break
      const type = head[0] ?? 0
      const length = head.readUInt32BE(1) - LENGTH_BYTES
      if (type === COPY_DATA) this.#left = length
      else if (PASSED_OVER.has(type)) await this.#exactly(length)
      else await this.#finish(head)
    }
    return this.#left
  }

  /** The next line as it comes. A piece is not touched again once it was handed out. */
  async *line(): AsyncGenerator<Buffer> {
    await this.next()
    while (this.#left > 0) {
      await this.#arrival()
      const piece = this.#chunk.subarray(this.#at, this.#at + this.#left)
      this.#at += piece.length
      this.#left -= piece.length
      yield piece
    }
  }

  /**
   * Copies whole lines into the buffer, from `offset` on, for as long as the next one fits. Answers where they end and
   * how many they are: 0 where the next one is too long, or there is none.
   */
  async fill(target: Buffer, offset: number): Promise<{ end: number; lines: number }> {
    let end = offset
    let lines = 0
    for (;;) {
      const quick = this.#copyLines(target, end)
      lines += quick.lines
      end = quick.end
      const length = await this.next()
      if (length === 0 || end + length > target.length) return { end, lines }
      for await (const piece of this.line()) end += piece.copy(target, end)
      lines += 1
    }
  }

  /** All lines that are left, in pieces of any size. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while ((await this.next()) > 0) {
      const piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
      const { end, lines } = await this.fill(piece, 0)
      if (lines > 0) yield piece.subarray(0, end)
      else yield* this.line()
    }
  }

  /** Copies the lines that lie in one chunk as a whole, which nearly all do. */
  #copyLines(target: Buffer, offset: number): { end: number; lines: number } {
    const chunk = this.#chunk
    let at = this.#at
    let end = offset
    let lines = 0
    while (this.#left === 0 && at + HEAD_BYTES <= chunk.length && chunk[at] === COPY_DATA) {
      const from = at + HEAD_BYTES
      const to = at + 1 + chunk.readUInt32BE(at + 1)
      if (to > chunk.length || end + to - from > target.length) break
      chunk.copy(target, end, from, to)
      end += to - from
      at = to
      lines += 1
    }
    this.#at = at
    return { end, lines }
  }

  /** The next bytes as one buffer; undefined where the server sends no more. */
  async #exactly(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = []
    for (let missing = length; missing > 0;) {
      if (!(await this.#arrival())) return undefined
      const part = this.#chunk.subarray(this.#at, this.#at + missing)
      this.#at += part.length
      missing -= part.length
      parts.push(part)
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }

  /** Waits until there are bytes to read. Answers false where none will come. */
  async #arrival(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      if (this.#error !== undefined) throw this.#error
      if (this.#isEnded) return false
      const next = this.#waiting.shift()
      if (next === undefined) {
        await this.#news()
        continue
      }
      this.#waitingBytes -= next.length
      this.#chunk = next
      this.#at = 0
    }
    return true
  }

  async #news(): Promise<void> {
    const news = new Promise<void>((resolve) => (this.#wake = resolve))
    this.#stream?.resume()
    await news
  }

  /** Leaves the rest to the driver: what follows the rows is an error or the usual end of a query. */
  async #finish(head: Buffer): Promise<void> {
    const rest = Buffer.concat([head, this.#chunk.subarray(this.#at), ...this.#waiting])
    this.#chunk = Buffer.alloc(0)
    this.#at = 0
    this.#waiting = []
    this.#giveBack(rest)
    while (!this.#isEnded && this.#error === undefined) await this.#news()
    if (this.#error !== undefined) throw this.#error
  }

  /** Called by the client when it is our turn. */
  submit(connection: pg.Connection): void {
    const { stream } = connection
    const [driver] = stream.listeners('data') as ((chunk: Buffer) => void)[]
    if (driver === undefined) throw new Error('The connection has no reader')
    const take = (chunk: Buffer): void => {
      this.#waiting.push(chunk)
      this.#waitingBytes += chunk.length
      if (this.#waitingBytes > WAITING_MAX) stream.pause()
      this.#wake()
    }
    stream.off('data', driver)
    stream.on('data', take)
    this.#stream = stream
    this.#giveBack = (rest) => {
      stream.off('data', take)
      stream.on('data', driver)
      driver(rest)
      stream.resume()
    }
    connection.query(this.#sql)
  }

  /** Called by the client, as are the following: the server refused the statement, or the connection is lost. */
  handleError(error: unknown): void {
    this.#error = error
    this.#wake()
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? Number.NaN)
  }

  handleReadyForQuery(): void {
    this.#isEnded = true
    this.#wake()
  }
}
