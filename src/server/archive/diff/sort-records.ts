import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { Connection } from '../../db/connection.ts'
import { copyInto } from '../../db/copy-into.ts'
import { CopyOut } from '../../tables/copy-out.ts'
import { type CheckedOut, checkOut } from '../client-db.ts'
import { describeRefusal } from '../refusal.ts'
import type { KeyType } from './keys.ts'

/** A table of this name is there until its transaction ends; no other session sees it. */
const SCRATCH = 'metadeck_diff'

const SQL_TYPE: Record<KeyType, string> = { int: 'bigint', uuid: 'uuid' }

/** Records without headers, of a table that has this many columns. */
interface Unsorted {
  source: AsyncIterable<Buffer>
  table: string
  keyType: KeyType
  columns: number
}

/**
 * Puts records into the order of their first field, for archives of formats that did not: by temporary tables of the
 * database, each in a transaction that is rolled back, so that memory stays small. Fields go in and out as text, and
 * come out as they were written.
 */
export class Sorter {
  readonly #connection: Connection
  #scratch: CheckedOut | undefined
  #isClosed = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** One at a time: the next may begin when the records of the one before were read to their end. */
  async *sorted({ source, table, keyType, columns }: Unsorted): AsyncGenerator<Buffer> {
    const { client } = await this.#open()
    const names = Array.from({ length: columns }, (_, at) => `c${at}`)
    const types = names.map((name, at) => `${name} ${at === 0 ? SQL_TYPE[keyType] : 'text'}`)
    await client.query('begin')
    await client.query(`create temporary table ${SCRATCH} (${types.join(', ')}) on commit drop`)
    const scratch = copyInto(client, `copy ${SCRATCH} from stdin (format csv, encoding 'UTF8')`)
    try {
      await pipeline(Readable.from(source, { objectMode: false }), scratch)
    } catch (error) {
      throw describeRefusal(error, table)
    }
    const ordered = `select ${names.join(', ')} from ${SCRATCH} order by c0`
    yield* client.query(new CopyOut(`copy (${ordered}) to stdout (format csv, encoding 'UTF8')`))
    await client.query('rollback')
  }

  /** Gives the connection back; a broken one, which may be in the middle of something, is thrown away. */
  close(isBroken: boolean): void {
    this.#isClosed = true
    this.#scratch?.release(isBroken)
  }

  async #open(): Promise<CheckedOut> {
    this.#scratch ??= await checkOut(this.#connection)
    // Closed while it waited for a connection.
    if (this.#isClosed) this.#scratch.release(true)
    return this.#scratch
  }
}
