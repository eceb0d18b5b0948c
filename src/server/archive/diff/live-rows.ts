import { sql } from 'kysely'
import pg from 'pg'

import type { Db } from '../../db/connection.ts'
import { CopyOut } from '../../tables/copy-out.ts'
import { tableSql } from '../../tables/ddl.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { RecordStream } from './record-stream.ts'
import type { TableTally } from './table-tally.ts'

/** Where live rows are read: one snapshot, one client. */
interface LiveReader {
  client: pg.ClientBase
  db: Db
}

/** The column that says when a row was made, where the table has one. */
export function isCreatedAt({ name, type, style }: TableDefinition['columns'][number]): boolean {
  return name === 'created_at' && type === 'timestamp' && style !== 'list'
}

/** Rows that are in no archive. */
interface GoingRows {
  schema: string
  definition: TableDefinition
  /** Names of the columns that samples show, the id first. */
  columns: readonly string[]
}

/** Counts rows that a restore would take away all together, and shows the first of them. */
export async function tallyRemoved(
  { client, db }: LiveReader,
  { schema, definition, columns }: GoingRows,
  tally: TableTally,
): Promise<void> {
  const newest = definition.columns.some(isCreatedAt) ? sql`max(created_at)` : sql`null::timestamptz`
  const { rows } = await sql<{ count: number; newest: unknown }>`
    select count(*) as count, ${newest} as newest from ${tableSql(schema, definition)}`.execute(db)
  const [found] = rows
  if (found?.newest instanceof Date) tally.noteRemoved(found.newest.getTime())
  const selected = columns.map((name) => pg.escapeIdentifier(name)).join(', ')
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(definition.name)}`
  const first = `select ${selected} from ${table} order by id limit ${tally.samplesMax}`
  const copied = client.query(new CopyOut(`copy (${first}) to stdout (format csv, encoding 'UTF8')`))
  const records = new RecordStream(copied, definition.name)
  let shown = 0
  for (;;) {
    const record = await records.record()
    if (record === null) break
    tally.removed(record)
    records.skipRecord(record)
    shown += 1
  }
  tally.counts.removed += (found?.count ?? 0) - shown
}

/** How many rows hold a value in each of these columns, over the schemas. */
export async function countValues(
  { db }: LiveReader,
  schemas: readonly string[],
  definition: TableDefinition,
  columns: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map(columns.map((name) => [name, 0]))
  if (columns.length === 0) return counts
  const selected = columns.map((name, at) => sql`count(${sql.id(name)}) as ${sql.id(`c${at}`)}`)
  for (const schema of schemas) {
    const { rows } = await sql<Record<string, number>>`
      select ${sql.join(selected)} from ${tableSql(schema, definition)}`.execute(db)
    for (const [at, name] of columns.entries()) counts.set(name, (counts.get(name) ?? 0) + (rows[0]?.[`c${at}`] ?? 0))
  }
  return counts
}
