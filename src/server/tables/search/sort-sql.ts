import { type RawBuilder, sql } from 'kysely'

import type { SortSpec } from '#api/contract/content.ts'

import { invalidInput } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'

const KEYS_MAX = 32

/**
 * `order by` for the keys of a request on the table `t`, first key first; undefined without any. Throws 400 naming an
 * unknown column. Rows with the same keys have no order yet: the caller adds a last key that no two rows share.
 */
export function sortSql(definition: Pick<TableDefinition, 'columns'>, sort: SortSpec): RawBuilder<unknown> | undefined {
  const keys = (Array.isArray(sort) ? sort : [sort]).flatMap((part) => Object.entries(part))
  if (keys.length > KEYS_MAX) throw invalidInput('sort', `Rows are sorted by at most ${KEYS_MAX} columns.`)
  const parts = keys.map(([name, direction]) => {
    const column = definition.columns.find((candidate) => candidate.name === name)
    if (column === undefined) throw invalidInput(`sort.${name}`, `There is no column named "${name}" to sort by.`)
    if (column.type === 'password') throw invalidInput(`sort.${name}`, 'Rows cannot be sorted by a password column.')
    return sql`${sql.id('t', name)} ${sql.raw(direction === 'desc' ? 'desc' : 'asc')}`
  })
  return parts.length === 0 ? undefined : sql.join(parts)
}
