import { asDatabaseError } from '../tables/database-error.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { columnsOfObject } from '../tables/object-names.ts'
import { ImportRefused } from './refusal.ts'

/**
 * What PostgreSQL refused of rows that are merged into a table, named by table and columns; never with what a row holds.
 * Anything that rows cannot cause is given back as it is.
 */
export function describeMergeRefusal(error: unknown, live: TableDefinition): unknown {
  const failure = asDatabaseError(error)
  if (failure?.code === undefined) return error
  const columns = failure.column === undefined ? columnsOfObject(live, failure.constraint ?? '') : [failure.column]
  const table = live.name
  const where = columns === undefined ? `"${table}"` : `${columns.map((name) => `"${name}"`).join(', ')} of "${table}"`
  const refused = (reason: 'duplicate_rows' | 'values', what: string): ImportRefused =>
    new ImportRefused(reason, what, { table, columns: columns ?? [] })
  if (failure.code === '23505') {
    return refused(
      'duplicate_rows',
      `A row of the backup has the same value in ${where} as another row that stays, and such values must be unique. Change that row first, leave the one of the backup out, or replace the table.`,
    )
  }
  if (failure.code === '23502') {
    return refused('values', `A row of the backup has no value in ${where}, where one is required now.`)
  }
  if (failure.code === '23514') {
    return refused('values', `A row of the backup has a value in ${where} that is not allowed there now.`)
  }
  if (!/^(?:22|54)/.test(failure.code)) return error
  return refused('values', `A value of the backup does not fit its column in ${where} as that is now.`)
}
