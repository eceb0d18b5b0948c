import pg from 'pg'

import { LIVE_DATA_SOURCE, schemaName } from '../db/workspace.ts'
import type { TableDefinition } from '../tables/definition.ts'
import type { Link } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import type { BuiltSchemas } from './swap-schemas.ts'

/** A data source: where its tables are, and where the new ones were built. */
export interface Place {
  live: string
  built: string
  /** What a sentence says of it: nothing of the one that everybody uses. */
  where: string
}

type Named = Pick<TableDefinition, 'name'>

const quote = pg.escapeIdentifier

/** The data sources that were built. */
export function placesOf(workspaceId: number, schemas: BuiltSchemas): Place[] {
  return [...schemas].map(([label, built]) => {
    const where = label === LIVE_DATA_SOURCE ? '' : ` in the data source "${label}"`
    return { live: schemaName(workspaceId, label), built, where }
  })
}

/** A table in a schema, quoted. */
export function at(schema: string, { name }: Named): string {
  return `${quote(schema)}.${quote(name)}`
}

interface Located {
  schema: string
  table: Named
}

/** Rows whose column names a row that is not there; `only` those whose id a row of that table has. */
export async function countDangling(
  client: pg.ClientBase,
  { from, to, column, only }: { from: Located; to: Located; column: string; only?: Located },
): Promise<number> {
  const chosen =
    only === undefined ? '' : `and exists (select from ${at(only.schema, only.table)} read where read.id = one.id)`
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from ${at(from.schema, from.table)} one where one.${quote(column)} is not null ${chosen}
       and not exists (select from ${at(to.schema, to.table)} other where other.id = one.${quote(column)})`,
  )
  return rows[0]?.count ?? 0
}

/** `1 row … refers`, `2 rows … refer`: the sentence that `rest` makes with its verb. */
export function danglingRows({ from, column }: Link, count: number, rest: (verb: string) => string): ImportRefused {
  const sentence = count === 1 ? `1 row ${rest('refers')}` : `${count} rows ${rest('refer')}`
  return new ImportRefused('dangling_rows', sentence, { table: from.name, column, count })
}
