import type { CopyOut } from '../tables/copy-out.ts'

/** Lines of a table, the header in front, that become one member of an archive. */
export interface RowPart {
  rows: number
  size: number
  /** In pieces where it is one row that is larger than a part. Valid until the next part is asked for. */
  bytes: Buffer<ArrayBuffer> | AsyncIterable<Buffer>
  /** True where nothing follows; it may be false for a part in pieces that is the last. */
  isLast: boolean
}

/** Room for two parts: one is filled while the other is written. It is used for part after part. */
export class PartRoom {
  readonly #halves: [Buffer<ArrayBuffer>, Buffer<ArrayBuffer>]

  /** A part must hold the longest header: 1,600 names, which is PostgreSQL's limit, are 210 kB. */
  constructor(partBytes: number) {
    this.#halves = [Buffer.allocUnsafeSlow(partBytes), Buffer.allocUnsafeSlow(partBytes)]
  }

  /** The half that was not taken last. */
  take(): Buffer<ArrayBuffer> {
    const [next, last] = this.#halves
    this.#halves[0] = last
    this.#halves[1] = next
    return next
  }
}

/**
 * Cuts what a COPY sends into parts that fit the room, between lines, and repeats the header in each. A row that does
 * not fit is a part by itself, and passes as it comes. There is at least one part.
 */
export async function* rowParts(copy: CopyOut, room: PartRoom): AsyncGenerator<RowPart> {
  const header = await whole(copy.line())
  let filling = fill(copy, room.take(), header)
  for (let isFirst = true, isLast = false; !isLast; isFirst = false) {
    const part = await filling
    const length = await copy.next()
    isLast = length === 0
    if (part.rows > 0 || (isFirst && isLast)) {
      if (!isLast) filling = fill(copy, room.take(), header)
      // Whoever does not ask for the next part will not hear of its failure.
      filling.catch(() => undefined)
      yield { ...part, isLast }
    } else if (!isLast) {
      yield { rows: 1, size: header.length + length, bytes: longRow(header, copy), isLast }
      filling = fill(copy, room.take(), header)
    }
  }
}

async function fill(copy: CopyOut, target: Buffer<ArrayBuffer>, header: Buffer): Promise<Omit<RowPart, 'isLast'>> {
  const { end, lines } = await copy.fill(target, header.copy(target))
  return { rows: lines, size: end, bytes: target.subarray(0, end) }
}

async function* longRow(header: Buffer, copy: CopyOut): AsyncGenerator<Buffer> {
  yield header
  yield* copy.line()
}

async function whole(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}
