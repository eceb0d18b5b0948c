import type { TableField } from '#xanoscript/table-field.ts'

import { fieldOf } from '../../archive/column-field.ts'
import type { TableDefinition } from '../../tables/definition.ts'

/**
 * Inputs with each link to a table replaced by the table's columns: all but the id, those that are not public and those
 * that the link hides. A name comes once: an input that stands on its own goes before, then the first link that brings
 * it. A link to a table that is not there brings nothing.
 */
export function expandLinks(fields: readonly TableField[], tables: readonly TableDefinition[]): TableField[] {
  const names = new Map(tables.map(({ id, name }) => [id, name]))
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]))
  const taken = new Set(fields.filter(({ type }) => type !== 'dblink').map(({ name }) => name))
  return fields.flatMap((field) => {
    if (field.type !== 'dblink') return [field]
    const columns = (byName.get(field.table?.toLowerCase() ?? '')?.columns ?? []).slice(1)
    const lent = columns.filter(
      ({ name, access = 'public' }) => access === 'public' && !taken.has(name) && field.hidden?.includes(name) !== true,
    )
    for (const { name } of lent) taken.add(name)
    return lent.map((column) => fieldOf(column, names))
  })
}
