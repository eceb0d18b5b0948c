import { randomUUID } from 'node:crypto'

import pg from 'pg'

import type { TableDefinition } from '../tables/definition.ts'
import { foreignKeyName } from '../tables/object-names.ts'
import { type Link, linksOf, type TablePlan } from './plan-tables.ts'
import { limitLockWait, swapPatiently } from './swap-patiently.ts'
import type { BuiltSchemas } from './swap-schemas.ts'
import { at, countDangling, danglingRows, type Place, placesOf } from './table-place.ts'

const quote = pg.escapeIdentifier

/** What else changes tables in the same step. */
export interface Alongside {
  /** Tables of which nobody may write or hold a row while `run` works. */
  held: readonly TableDefinition[]
  run: (places: readonly Place[]) => Promise<void>
}

/**
 * Puts the new tables in the place of the replaced ones, with foreign keys from and to the tables that stay. These take
 * no writes while their rows are compared with the new ones; readers wait only for the exchange itself, which changes
 * names. Refuses, before anything is exchanged, rows that would refer to rows that are not there. `alongside` is done
 * first, under the same locks.
 */
export async function swapTables(
  client: pg.ClientBase,
  workspaceId: number,
  schemas: BuiltSchemas,
  plan: TablePlan,
  alongside?: Alongside,
): Promise<void> {
  const places = placesOf(workspaceId, schemas)
  const { outward, inward } = linksOf(plan)
  const referring = unique(inward.map(({ from }) => from))
  const linked = unique([...referring, ...outward.map(({ to }) => to)])
  await swapPatiently(client, async () => {
    await lock(client, places, linked, 'share row exclusive')
    // Who holds a row waits for the table with its next statement: a lock that lets readers through and nobody else.
    await lock(client, places, alongside?.held ?? [], 'exclusive')
    await limitLockWait(client, false)
    await alongside?.run(places)
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
async function linkOutward(client: pg.ClientBase, { live, built, where }: Place, link: Link): Promise<void> {
  const [from, to] = [
    { schema: built, table: link.from },
    { schema: live, table: link.to },
  ]
  const dangling = await countDangling(client, { from, to, column: link.column })
  if (dangling > 0) {
    throw danglingRows(
      link,
      dangling,
      (refer) =>
        `of the restored table "${link.from.name}"${where} ${refer} by "${link.column}" to rows of "${link.to.name}" that are not there now. Choose "${link.to.name}" too.`,
    )
  }
  const name = foreignKeyName(link.from, { name: link.column })
  await addForeignKey(client, { table: at(built, link.from), column: link.column, target: at(live, link.to), name })
}

/** A foreign key from a table that stays to a new one, beside the one that it has. */
async function linkInward(
  client: pg.ClientBase,
  { live, built, where }: Place,
  link: Link,
  index: number,
): Promise<void> {
  const [from, to] = [
    { schema: live, table: link.from },
    { schema: built, table: link.to },
  ]
  const dangling = await countDangling(client, { from, to, column: link.column })
  if (dangling > 0) {
    throw danglingRows(
      link,
      dangling,
      (refer) =>
        `of "${link.from.name}"${where} ${refer} by "${link.column}" to rows of "${link.to.name}" that the backup does not hold: the restore would remove what they refer to. Choose "${link.from.name}" too.`,
    )
  }
  const name = newKeyName(index)
  await addForeignKey(client, { table: at(live, link.from), column: link.column, target: at(built, link.to), name })
}

/** Name of a foreign key until the one that it replaces is gone. No column's key has a colon before a number. */
function newKeyName(index: number): string {
  return `new:${index}`
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
