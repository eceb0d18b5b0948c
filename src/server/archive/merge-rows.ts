import { sql } from 'kysely'
import type pg from 'pg'

import type { MergedTable } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import { idType, type TableDefinition } from '../tables/definition.ts'
import { passIds } from '../tables/id-counter.ts'
import { dbOn } from './client-db.ts'
import { columnsOf, converted, differs, listOf } from './merge-columns.ts'
import { requireNoLoss } from './merge-losses.ts'
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

interface MergeWays {
  mode: MergeMode
  /** References of the merged tables. */
  links: readonly Link[]
  /** True = values of columns that a table lacks are left behind. */
  dropColumns: boolean
}

/**
 * Merges the rows that were read beside the tables into the tables, by id, in one data source after the other. Whoever
 * calls holds the tables, and those that they refer to, against writers. Foreign keys are looked at when all rows are
 * there, so that tables may refer to each other. Answers what became of the rows, table by table.
 */
export async function mergeRows(
  client: pg.ClientBase,
  places: readonly Place[],
  merges: readonly Merge[],
  { mode, links, dropColumns }: MergeWays,
): Promise<MergedTable[]> {
  const db = dbOn(client)
  await sql`set constraints all deferred`.execute(db)
  const merged = merges.map(({ live }) => ({ table: live.name, added: 0, overwritten: 0, same: 0 }))
  for (const place of places) {
    for (const [at, merge] of merges.entries()) {
      const counts = await mergeTable(db, place, merge, { mode, dropColumns }).catch((error: unknown) => {
        throw describeMergeRefusal(error, merge.live)
      })
      const sum = merged[at]
      if (sum === undefined) continue
      sum.added += counts.added
      sum.overwritten += counts.overwritten
      sum.same += counts.read - counts.added - counts.overwritten
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
  return merged
}

/** Rows of the archive: all that were read, and those that were written. */
interface Counts {
  read: number
  added: number
  overwritten: number
}

async function mergeTable(
  db: Db,
  place: Place,
  merge: Merge,
  { mode, dropColumns }: Pick<MergeWays, 'mode' | 'dropColumns'>,
): Promise<Counts> {
  const table = sql.id(place.built, merge.archived.name)
  await sql`analyze ${table}`.execute(db)
  if (!dropColumns) await requireNoLoss(db, place, merge, mode)
  const counted = await sql<{ count: number }>`select count(*) as count from ${table}`.execute(db)
  const written = mode === 'missing' ? await addMissing(db, place, merge) : await putAll(db, place, merge)
  return { read: counted.rows[0]?.count ?? 0, ...written }
}

/** Puts back the rows whose ids the table lacks. */
async function addMissing(db: Db, place: Place, merge: Merge): Promise<Omit<Counts, 'read'>> {
  const { common } = columnsOf(merge)
  const table = sql.id(place.live, merge.live.name)
  const added = await sql`
    insert into ${table} (${listOf(common)}) select ${listOf(common, 'one')} from ${converted(place, merge, common)} one
    where not exists (select from ${table} other where other.id = one.id)`.execute(db)
  return { added: affected(added), overwritten: 0 }
}

/**
 * Puts back all rows. Those that are there and differ are taken out first and put back with the values of the columns
 * that only the table of now has: two rows may have exchanged a value that must be unique.
 */
async function putAll(db: Db, place: Place, merge: Merge): Promise<Omit<Counts, 'read'>> {
  const { common, own } = columnsOf(merge)
  const table = sql.id(place.live, merge.live.name)
  // No column of a user's table has a colon in front.
  const [staged, wasThere] = [sql.id(place.built, `:merge:${merge.live.id}`), sql.id(':was_there')]
  await sql`
    create table ${staged} as
    select other.id is not null as ${wasThere}, ${listOf(common, 'one')}
      ${own.length === 0 ? sql`` : sql`, ${listOf(own, 'other')}`}
    from ${converted(place, merge, common)} one left join ${table} other on other.id = one.id
    where other.id is null or ${differs(common)}`.execute(db)
  await sql`delete from ${table} where id in (select id from ${staged} where ${wasThere})`.execute(db)
  const all = [...common, ...own]
  const overwritten = await sql`
    insert into ${table} (${listOf(all)}) select ${listOf(all)} from ${staged} where ${wasThere}`.execute(db)
  const added = await sql`
    insert into ${table} (${listOf(common)}) select ${listOf(common)} from ${staged} where not ${wasThere}`.execute(db)
  await sql`drop table ${staged}`.execute(db)
  return { added: affected(added), overwritten: affected(overwritten) }
}

function affected({ numAffectedRows }: { numAffectedRows?: bigint }): number {
  return Number(numAffectedRows ?? 0n)
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
