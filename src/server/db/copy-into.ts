import type { Writable, WritableOptions } from 'node:stream'

import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** `rowCount` is known once the stream has finished. */
export type CopyInto = Writable & { rowCount: number }

/**
 * Runs a `copy … from stdin` and answers where its data goes. All rows or none: a source that fails ends in an error.
 * When the database refuses, the stream is destroyed in the same moment: pg-copy-streams 7 would keep what it still
 * holds and send it once the socket takes more, by a connection that it has given back by then, and the process would
 * end with that error.
 */
export function copyInto(client: pg.ClientBase, statement: string, options?: WritableOptions): CopyInto {
  const stream = client.query(from(statement, options))
  stream.once('error', (error) => stream.destroy(error))
  return stream
}
