import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'

import type { Column } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { sqlType } from '../tables/column-type.ts'
import { idType, type TableDefinition } from '../tables/definition.ts'
import { passIds } from '../tables/id-counter.ts'
import { conversionSql } from '../tables/type-change.ts'
import { dbOn } from './client-db.ts'
import { describeMergeRefusal } from './merge-refusal.ts'
import type { Merge, MergeMode } from './plan-merge.ts'
import type { Link } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import { countDangling, danglingRows, type Place } from './table-place.ts'

/** Takes away what was read of the archive and is not chosen. Throws `conflict` where a chosen row is not in it. */
export async function keepChosenRows(
  client: pg.ClientBase,
  places: readonly Place[],
  { archived, ids }: Pick<Merge, 'archived' | 'ids'>,
): Promise<void> {
  if (ids === undefined) return
  const db = dbOn(client)
  const type = sql.raw(`${idType(archived) === 'uuid' ? 'uuid' : 'bigint'}[]`)
  const found = new Set<string>()
  for (const { built } of places) {
    const table = sql.id(built, archived.name)
    await sql`delete from ${table} where id <> all(${ids}::${type})`.execute(db)
    const kept = await sql<{ id: string }>`select id::text as id from ${table}`.execute(db)
    for (const { id } of kept.rows) found.add(id)
  }
  const lacking = ids.filter((id) => !found.has(id)).length
  if (lacking === 0) return
  throw new ImportRefused(
    'missing_rows',
    `${lacking === 1 ? '1 of the chosen rows' : `${lacking} of the chosen rows`} of "${archived.name}" ${lacking === 1 ? 'is' : 'are'} not in the backup. Choose among the rows that it holds.`,
    { table: archived.name, count: lacking },
  )
}

/**
 * Merges the rows that were read beside the tables into the tables, by id, in one data source after the other. Whoever
 * calls holds the tables, and those that they refer to, against writers. Foreign keys are looked at when all rows are
 * there, so that tables may refer to each other.
 */
export async function mergeRows(
  client: pg.ClientBase,
  places: readonly Place[],
  merges: readonly Merge[],
  { mode, links }: { mode: MergeMode; links: readonly Link[] },
): Promise<void> {
  const db = dbOn(client)
  await sql`set constraints all deferred`.execute(db)
  for (const place of places) {
    for (const merge of merges) {
      await sql`analyze ${sql.id(place.built, merge.archived.name)}`.execute(db)
      const merged = mode === 'missing' ? addMissing(db, place, merge) : putAll(db, place, merge)
      await merged.catch((error: unknown) => {
        throw describeMergeRefusal(error, merge.live)
      })
    }
  }
  for (const place of places) {
    for (const link of links) await requireTargets(client, place, link, merges)
  }
  // Nothing may be waiting: what follows changes tables, and says what it found wrong by itself.
  await sql`set constraints all immediate`.execute(db)
  for (const place of places) {
    for (const { live, archived } of merges) {
      await passMerged(db, place, live, archived)
      await sql`drop table ${sql.id(place.built, archived.name)}`.execute(db)
    }
  }
}

type Sql = RawBuilder<unknown>

/** The rows of the archive, their values as the table of now takes them, as a subquery. */
function converted({ built }: Place, { archived }: Merge, common: readonly Column[]): Sql {
  const from = new Map(archived.columns.map((column) => [column.name, column]))
  const values = common.map((column) => {
    const old = from.get(column.name) ?? column
    const value = sqlType(old) === sqlType(column) ? sql.id(column.name) : conversionSql(old, column)
    return sql`${value ?? sql.id(column.name)} as ${sql.id(column.name)}`
  })
  return sql`(select ${sql.join(values)} from ${sql.id(built, archived.name)})`
}

/** Columns that both have by name, the id first, and those that only the table of now has. */
function columnsOf({ live, archived }: Merge): { common: Column[]; own: Column[] } {
  const names = new Set(archived.columns.map(({ name }) => name))
  return {
    common: live.columns.filter(({ name }) => names.has(name)),
    own: live.columns.filter(({ name }) => !names.has(name)),
  }
}

function listOf(columns: readonly Column[], alias?: string): Sql {
  return sql.join(columns.map(({ name }) => (alias === undefined ? sql.id(name) : sql.id(alias, name))))
}

/** Puts back the rows whose ids the table lacks. */
async function addMissing(db: Db, place: Place, merge: Merge): Promise<void> {
  const { common } = columnsOf(merge)
  const table = sql.id(place.live, merge.live.name)
  await sql`
    insert into ${table} (${listOf(common)}) select ${listOf(common, 'one')} from ${converted(place, merge, common)} one
    where not exists (select from ${table} other where other.id = one.id)`.execute(db)
}

/**
 * Puts back all rows. Those that are there and differ are taken out first and put back with the values of the columns
 * that only the table of now has: two rows may have exchanged a value that must be unique.
 */
async function putAll(db: Db, place: Place, merge: Merge): Promise<void> {
  const { common, own } = columnsOf(merge)
  const table = sql.id(place.live, merge.live.name)
  // No column of a user's table has a colon in front.
  const [staged, wasThere] = [sql.id(place.built, `:merge:${merge.live.id}`), sql.id(':was_there')]
  const values = common.filter(({ name }) => name !== 'id')
  const differs =
    values.length === 0 ? sql`false` : sql`(${listOf(values, 'one')}) is distinct from (${listOf(values, 'other')})`
  await sql`
    create table ${staged} as
    select other.id is not null as ${wasThere}, ${listOf(common, 'one')}
      ${own.length === 0 ? sql`` : sql`, ${listOf(own, 'other')}`}
    from ${converted(place, merge, common)} one left join ${table} other on other.id = one.id
    where other.id is null or ${differs}`.execute(db)
  await sql`delete from ${table} where id in (select id from ${staged} where ${wasThere})`.execute(db)
  const all = [...common, ...own]
  await sql`
    insert into ${table} (${listOf(all)}) select ${listOf(all)} from ${staged} where ${wasThere}`.execute(db)
  await sql`
    insert into ${table} (${listOf(common)}) select ${listOf(common)} from ${staged} where not ${wasThere}`.execute(db)
  await sql`drop table ${staged}`.execute(db)
}

/** Throws `conflict` for merged rows that refer to rows which are not there. */
async function requireTargets(
  client: pg.ClientBase,
  place: Place,
  link: Link,
  merges: readonly Merge[],
): Promise<void> {
  const merge = merges.find(({ live }) => live.id === link.from.id)
  if (merge === undefined) return
  const from = { schema: place.live, table: link.from }
  const only = { schema: place.built, table: merge.archived }
  const count = await countDangling(client, {
    from,
    to: { schema: place.live, table: link.to },
    column: link.column,
    only,
  })
  if (count === 0) return
  const isSelf = link.to.id === link.from.id
  throw danglingRows(
    link,
    count,
    (verb) =>
      `of the backup for "${link.from.name}"${place.where} ${verb} by "${link.column}" to rows of "${link.to.name}" that are not there. ${isSelf ? 'Choose those rows too.' : `Choose "${link.to.name}" too.`}`,
  )
}

/** The counter of ids gives none that a merged row has. */
async function passMerged(
  db: Db,
  { live, built }: Place,
  table: TableDefinition,
  archived: TableDefinition,
): Promise<void> {
  if (idType(table) === 'uuid') return
  const { rows } = await sql<{ highest: string | null }>`
    select max(id)::text as highest from ${sql.id(built, archived.name)}`.execute(db)
  const highest = rows[0]?.highest ?? null
  if (highest !== null && BigInt(highest) > 0n) await passIds(db, live, table, BigInt(highest))
}
