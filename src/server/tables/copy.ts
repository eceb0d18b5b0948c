import type { Readable, Writable } from 'node:stream'

import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

import type { TableDefinition } from './definition.ts'

type Copied = Pick<TableDefinition, 'name' | 'columns'>

/** Quoted for text that is sent as it stands: COPY takes no parameters. */
function target(schema: string, definition: Copied): string {
  const columns = definition.columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(definition.name)} (${columns})`
}

/**
 * The rows of a table as CSV with a header, every column of the definition in its order, password hashes included.
 * An empty field is null, `""` is empty text. The client is busy until the stream has ended.
 */
export function copyOut(client: pg.ClientBase, schema: string, definition: Copied): Readable {
  return client.query(copyTo(`copy ${target(schema, definition)} to stdout (format csv, header, encoding 'UTF8')`))
}

/**
 * Takes CSV as `copyOut` writes it into the table; a header that does not match the columns is refused. `rowCount` is
 * known once the stream has finished. All rows or none: a failing source ends in an error.
 */
export function copyIn(client: pg.ClientBase, schema: string, definition: Copied): Writable & { rowCount: number } {
  return client.query(
    copyFrom(`copy ${target(schema, definition)} from stdin (format csv, header match, encoding 'UTF8')`),
  )
}

/** Takes rows in the text format of COPY (`copy-text.ts`) into the table, as `copyIn` takes CSV. */
export function copyTextIn(client: pg.ClientBase, schema: string, definition: Copied): Writable {
  return client.query(copyFrom(`copy ${target(schema, definition)} from stdin (encoding 'UTF8')`))
}
