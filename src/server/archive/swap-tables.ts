import { randomUUID } from 'node:crypto'

import pg from 'pg'

import { LIVE_DATA_SOURCE, schemaName } from '../db/workspace.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { foreignKeyName } from '../tables/object-names.ts'
import { type Link, linksOf, type TablePlan } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import { limitLockWait, swapPatiently } from './swap-patiently.ts'
import type { BuiltSchemas } from './swap-schemas.ts'

/** A data source: where its tables are, and where the new ones were built. */
interface Place {
  label: string
  live: string
  built: string
}

const quote = pg.escapeIdentifier

function at(schema: string, { name }: Pick<TableDefinition, 'name'>): string {
  return `${quote(schema)}.${quote(name)}`
}

/**
 * Puts the new tables in the place of the replaced ones, with foreign keys from and to the tables that stay. These take
 * no writes while their rows are compared with the new ones; readers wait only for the exchange itself, which changes
 * names. Refuses, before anything is exchanged, rows that would refer to rows that are not there.
 */
export async function swapTables(
  client: pg.ClientBase,
  workspaceId: number,
  schemas: BuiltSchemas,
  plan: TablePlan,
): Promise<void> {
  const places = [...schemas].map(([label, built]) => ({ label, live: schemaName(workspaceId, label), built }))
  const { outward, inward } = linksOf(plan)
  const referring = unique(inward.map(({ from }) => from))
  const linked = unique([...referring, ...outward.map(({ to }) => to)])
  await swapPatiently(client, async () => {
    await lock(client, places, linked, 'share row exclusive')
    await limitLockWait(client, false)
    for (const place of places) {
      for (const link of outward) await linkOutward(client, place, link)
      for (const [index, link] of inward.entries()) await linkInward(client, place, link, index)
    }
    await limitLockWait(client, true)
    await lock(client, places, [...plan.replaced, ...referring], 'access exclusive')
    for (const place of places) await exchange(client, place, plan, inward)
  })
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)]
}

async function lock(
  client: pg.ClientBase,
  places: readonly Place[],
  tables: readonly TableDefinition[],
  mode: string,
): Promise<void> {
  const names = places.flatMap(({ live }) => tables.map((table) => at(live, table)))
  if (names.length > 0) await client.query(`lock table ${names.join(', ')} in ${mode} mode`)
}

/** A foreign key from a new table to one that stays. */
async function linkOutward(client: pg.ClientBase, { label, live, built }: Place, link: Link): Promise<void> {
  const [from, to] = [at(built, link.from), at(live, link.to)]
  const dangling = await countDangling(client, from, to, link.column)
  if (dangling > 0) {
    throw new ImportRefused(
      'dangling_rows',
      `${rowsOf(dangling)} of the restored table "${link.from.name}"${where(label)} refer by "${link.column}" to rows of "${link.to.name}" that are not there now. Choose "${link.to.name}" too.`,
      { table: link.from.name, column: link.column, count: dangling },
    )
  }
  const name = foreignKeyName(link.from, { name: link.column })
  await addForeignKey(client, { table: from, column: link.column, target: to, name })
}

/** A foreign key from a table that stays to a new one, beside the one that it has. */
async function linkInward(
  client: pg.ClientBase,
  { label, live, built }: Place,
  link: Link,
  index: number,
): Promise<void> {
  const [from, to] = [at(live, link.from), at(built, link.to)]
  const dangling = await countDangling(client, from, to, link.column)
  if (dangling > 0) {
    throw new ImportRefused(
      'dangling_rows',
      `${rowsOf(dangling)} of "${link.from.name}"${where(label)} refer by "${link.column}" to rows of "${link.to.name}" that the backup does not hold: the restore would remove what they refer to. Choose "${link.from.name}" too.`,
      { table: link.from.name, column: link.column, count: dangling },
    )
  }
  await addForeignKey(client, { table: from, column: link.column, target: to, name: newKeyName(index) })
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

function where(label: string): string {
  return label === LIVE_DATA_SOURCE ? '' : ` in the data source "${label}"`
}

/** Name of a foreign key until the one that it replaces is gone. No column's key has a colon before a number. */
function newKeyName(index: number): string {
  return `new:${index}`
}

async function countDangling(client: pg.ClientBase, from: string, to: string, column: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from ${from} one where one.${quote(column)} is not null
       and not exists (select from ${to} other where other.id = one.${quote(column)})`,
  )
  return rows[0]?.count ?? 0
}

async function addForeignKey(
  client: pg.ClientBase,
  { table, column, target, name }: { table: string; column: string; target: string; name: string },
): Promise<void> {
  await client.query(
    `alter table ${table} add constraint ${quote(name)} foreign key (${quote(column)})
     references ${target} (id) deferrable initially immediate`,
  )
}

/** Drops the replaced tables with the foreign keys to them, and gives the new ones their place and name. */
async function exchange(
  client: pg.ClientBase,
  { live, built }: Place,
  { replaced, definitions }: TablePlan,
  inward: readonly Link[],
): Promise<void> {
  if (replaced.length > 0) {
    await client.query(`drop table if exists ${replaced.map((table) => at(live, table)).join(', ')} cascade`)
  }
  for (const definition of definitions) {
    await freeSequenceName(client, live, at(built, definition))
    await client.query(`alter table ${at(built, definition)} set schema ${quote(live)}`)
  }
  for (const [index, link] of inward.entries()) {
    const name = foreignKeyName(link.from, { name: link.column })
    await client.query(
      `alter table ${at(live, link.from)} rename constraint ${quote(newKeyName(index))} to ${quote(name)}`,
    )
  }
  await client.query(`drop schema ${quote(built)}`)
}

/** The counter of ids keeps its name when a table is renamed, so that another table may have the one of this name. */
async function freeSequenceName(client: pg.ClientBase, live: string, table: string): Promise<void> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.oid = pg_get_serial_sequence($1, 'id')::regclass
       and exists (select from pg_class taken where taken.relname = c.relname and taken.relnamespace = $2::regnamespace)`,
    [table, quote(live)],
  )
  const taken = rows[0]
  if (taken === undefined) return
  await client.query(
    `alter sequence ${quote(taken.schema)}.${quote(taken.name)} rename to ${quote(`ids_${randomUUID()}`)}`,
  )
}
