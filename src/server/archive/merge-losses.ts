import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { columnsOf, converted, differs } from './merge-columns.ts'
import { type Merge, type MergeMode, missingColumns, named } from './plan-merge.ts'
import { ImportRefused } from './refusal.ts'
import type { Place } from './table-place.ts'

/**
 * Throws `conflict` naming the columns where a row that would be written holds a value in a column that the table of now
 * lacks: the row would come back without it, and nobody would be told.
 */
export async function requireNoLoss(db: Db, place: Place, merge: Merge, mode: MergeMode): Promise<void> {
  const { live, archived } = merge
  const missing = missingColumns(archived, live)
  if (missing.length === 0) return
  const holds = sql.join(
    missing.map((name) => sql`${sql.id('read', name)} is not null`),
    sql` or `,
  )
  const counts = sql.join(missing.map((name) => sql`count(${sql.id('read', name)})`))
  const { common } = columnsOf(merge)
  const isWritten = mode === 'missing' ? sql`other.id is null` : sql`(other.id is null or ${differs(common)})`
  const { rows } = await sql<{ count: number; values: number[] }>`
    select count(*) as count, array[${counts}]::float8[] as values
    from ${sql.id(place.built, archived.name)} read
    join ${converted(place, merge, common)} one on one.id = read.id
    left join ${sql.id(place.live, live.name)} other on other.id = one.id
    where (${holds}) and ${isWritten}`.execute(db)
  const [{ count, values } = { count: 0, values: [] }] = rows
  if (count > 0)
    throw lossRefused(live.name, place, { count, columns: missing.filter((_name, at) => values[at] !== 0) })
}

function lossRefused(
  table: string,
  { where }: Place,
  { count, columns }: { count: number; columns: string[] },
): ImportRefused {
  const whose = `of the backup for "${table}"${where}`
  const who = count === 1 ? `1 row ${whose} has a value in` : `${count} rows ${whose} have values in`
  const [was, it] = columns.length === 1 ? ['it was', 'it'] : ['they were', 'them']
  return new ImportRefused(
    'columns',
    `${who} ${named(columns.map((name) => ({ name })))}, which the table does not have now. If ${was} renamed, rename ${it} back; else add ${it}, replace the table, or leave the values behind with dropColumns: true.`,
    { table, columns, count },
  )
}
