import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'

import pg from 'pg'

import { type CopyInto, copyInto } from '../db/copy-into.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { corrupted } from './archive-error.ts'
import { CsvToCopy } from './csv-to-copy.ts'
import { describeRefusal } from './refusal.ts'
import type { TarMember } from './tar.ts'

/** Which table a member's rows belong to. */
export interface Place {
  definition: TableDefinition
  schema: string
  /** What the member must be; null where the bytes that it unpacks from are checked. */
  sha256: string | null
  /** True for the last part of a table. */
  isLast: boolean
}

/** How far unpacking may be ahead of the database, so that neither waits for the other at every chunk. */
const AHEAD_BYTES = 1_048_576
/**
 * How much is turned into rows and sent at a time. PostgreSQL takes a message whole before it reads the rows in it, and a
 * socket holds some 200 kB: messages of that size would have the two sides wait for each other in turns.
 */
const PIECE_BYTES = 65_536

/** A COPY that is open, with the table it goes into. */
interface OpenCopy {
  place: Place
  /** Of its first part; PostgreSQL compares it with the columns. */
  header: HeaderReader
  rows: CsvToCopy
  target: CopyInto
  /** Rejects when the database refuses, or is gone. */
  done: Promise<void>
}

/**
 * Copies rows into tables that this transaction has made. The parts of one table follow each other in an archive and go
 * through one COPY: a COPY for each would have the database wait at every part for the next one.
 */
export class TableLoader {
  readonly #client: pg.ClientBase
  #open: OpenCopy | undefined
  /** Rows that the database took, of the COPYs that are done. */
  #taken = 0
  /** Rows that were sent so far. */
  #sent = 0

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  /** Rows that were sent so far; what the database took is known at the end. */
  get sent(): number {
    return this.#sent
  }

  /** Sends the rows of a member. Throws where it is not the one that the manifest lists, and what the database refuses. */
  async take(member: TarMember, place: Place): Promise<void> {
    const goesOn = this.#open?.place.definition === place.definition && this.#open.place.schema === place.schema
    if (!goesOn) await this.end()
    const copy = (this.#open ??= this.#begin(place))
    try {
      this.#sent += await sendMember(copy, member, { sha256: place.sha256, goesOn })
    } catch (error) {
      copy.target.destroy(error as Error)
      throw describeRefusal(error, place.definition.name)
    }
    if (place.isLast) await this.end()
  }

  /** Ends the COPY that is open; answers the rows that the database took in all. */
  async end(): Promise<number> {
    const copy = this.#open
    this.#open = undefined
    if (copy === undefined) return this.#taken
    try {
      copy.target.end()
      await copy.done
    } catch (error) {
      throw describeRefusal(error, copy.place.definition.name)
    }
    this.#taken += copy.target.rowCount
    return this.#taken
  }

  #begin(place: Place): OpenCopy {
    const target = copyInFrozen(this.#client, place.schema, place.definition)
    const done = finished(target)
    // Whoever waits for it next is told.
    done.catch(() => undefined)
    return { place, header: new HeaderReader(), rows: new CsvToCopy(), target, done }
  }
}

/** Sends a member, without its header where it goes on with a table. Answers its rows. */
async function sendMember(
  copy: OpenCopy,
  member: TarMember,
  { sha256, goesOn }: { sha256: string | null; goesOn: boolean },
): Promise<number> {
  const hash = sha256 === null ? null : createHash('sha256')
  const { rows } = copy
  const before = rows.records
  const header = goesOn ? new HeaderReader() : copy.header
  for await (const chunk of member.bytes) {
    hash?.update(chunk)
    const behind = header.push(chunk)
    for (const piece of piecesOf(goesOn ? behind : chunk)) await send(copy, rows.push(piece))
  }
  if (hash !== null && hash.digest('hex') !== sha256) throw corrupted(`"${member.name}" changed while it was read`)
  if (!rows.isComplete) throw corrupted(`"${member.name}" ends in the middle of a row`)
  if (header.text !== copy.header.text) throw corrupted(`"${member.name}" has other columns than the part before it`)
  return Math.max(0, rows.records - before - (goesOn ? 0 : 1))
}

async function send({ target, done }: OpenCopy, bytes: Buffer): Promise<void> {
  if (target.errored !== null) throw target.errored
  if (bytes.length === 0) return
  if (!target.write(bytes)) await Promise.race([once(target, 'drain'), done])
  // What waits for the socket goes on in a turn of the event loop: without one, it would be empty before the next.
  else if (target.writableLength > 0) await turn()
}

function* piecesOf(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES)
}

/** Separates the first record of a CSV text that comes in chunks: the header, which every part of a table repeats. */
class HeaderReader {
  text = ''
  #isPassed = false
  #isQuoted = false

  /** What of the chunk stands behind the header. */
  push(chunk: Buffer): Buffer {
    if (this.#isPassed) return chunk
    let end = 0
    while (end < chunk.length && !this.#isPassed) {
      const byte = chunk[end]
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted
      this.#isPassed = byte === LINE_FEED && !this.#isQuoted
      end += 1
    }
    this.text += chunk.toString('latin1', 0, end)
    return chunk.subarray(end)
  }
}

const QUOTE = 0x22
const LINE_FEED = 0x0a

/**
 * Takes rows into a table that this transaction has made: they need no mark of who may see them, so that nobody writes
 * them a second time (FREEZE). The header comes first, and must name the columns in their order.
 */
function copyInFrozen(client: pg.ClientBase, schema: string, { name, columns }: TableDefinition): CopyInto {
  const list = columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
  const statement = `copy ${table} (${list}) from stdin (format text, header match, encoding 'UTF8', freeze)`
  return copyInto(client, statement, { highWaterMark: AHEAD_BYTES })
}
