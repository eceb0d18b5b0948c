import type { Writable } from 'node:stream'

import pg from 'pg'

import { type CopyInto, copyInto } from '../db/copy-into.ts'
import { CopyOut } from './copy-out.ts'
import type { TableDefinition } from './definition.ts'

type Copied = Pick<TableDefinition, 'name' | 'columns'>

/** Quoted for text that is sent as it stands: COPY takes no parameters. */
function target(schema: string, definition: Copied): string {
  return `${tableName(schema, definition)} (${columnNames(definition)})`
}

function tableName(schema: string, { name }: Copied): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
}

function columnNames({ columns }: Copied): string {
  return columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
}

/**
 * The rows of a table as lines of CSV, a header first, every column of the definition in its order, password hashes
 * included, the rows in the order of their ids. An empty field is null, `""` is empty text. The client is busy until the
 * last line was taken.
 */
export function copyOut(client: pg.ClientBase, schema: string, definition: Copied): CopyOut {
  const rows = `select ${columnNames(definition)} from ${tableName(schema, definition)} order by id`
  return client.query(new CopyOut(`copy (${rows}) to stdout (format csv, header, encoding 'UTF8')`))
}

/**
 * Takes CSV as `copyOut` writes it into the table; a header that does not match the columns is refused.
 */
export function copyIn(client: pg.ClientBase, schema: string, definition: Copied): CopyInto {
  return copyInto(client, `copy ${target(schema, definition)} from stdin (format csv, header match, encoding 'UTF8')`)
}

/** Takes rows in the text format of COPY (`copy-text.ts`) into the table, as `copyIn` takes CSV. */
export function copyTextIn(client: pg.ClientBase, schema: string, definition: Copied): Writable {
  return copyInto(client, `copy ${target(schema, definition)} from stdin (encoding 'UTF8')`)
}
