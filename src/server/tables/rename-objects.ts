import { type RawBuilder, sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { checkSql } from './column-sql.ts'
import { hasForeignKey } from './column-type.ts'
import type { TableDefinition } from './definition.ts'
import { isNominal } from './nominal-index.ts'
import { checkName, foreignKeyName, indexName, primaryKeyName } from './object-names.ts'

interface ObjectName {
  kind: 'constraint' | 'index'
  name: string
}

/** Constraints and indexes of a table in a fixed order: two definitions that differ in names only give equal lists. */
function objectNames(definition: TableDefinition): ObjectName[] {
  const names: ObjectName[] = [{ kind: 'constraint', name: primaryKeyName(definition) }]
  for (const column of definition.columns) {
    if (checkSql(column) !== undefined) names.push({ kind: 'constraint', name: checkName(definition, column) })
    if (hasForeignKey(column)) names.push({ kind: 'constraint', name: foreignKeyName(definition, column) })
  }
  for (const index of definition.indexes) {
    if (!isNominal(index, definition.columns)) names.push({ kind: 'index', name: indexName(definition, index) })
  }
  return names
}

async function renameObjects(trx: Db, schema: string, before: TableDefinition, after: TableDefinition): Promise<void> {
  const names = objectNames(after)
  for (const [at, { kind, name }] of objectNames(before).entries()) {
    const next = names[at]?.name
    if (next === undefined || next === name) continue
    const statement: RawBuilder<unknown> =
      kind === 'index'
        ? sql`alter index ${sql.id(schema, name)} rename to ${sql.id(next)}`
        : sql`alter table ${sql.id(schema, after.name)} rename constraint ${sql.id(name)} to ${sql.id(next)}`
    await statement.execute(trx)
  }
}

/** Renames the physical table, with the constraints and indexes that are named after it. Answers what it then is. */
export async function renameTable(
  trx: Db,
  schema: string,
  before: TableDefinition,
  name: string,
): Promise<TableDefinition> {
  const after = { ...before, name }
  if (before.name === name) return before
  await sql`alter table ${sql.id(schema, before.name)} rename to ${sql.id(name)}`.execute(trx)
  await renameObjects(trx, schema, before, after)
  return after
}

/** A definition in which a column is called otherwise, wherever its name is said. */
export function withRenamedColumn(definition: TableDefinition, oldName: string, newName: string): TableDefinition {
  const rename = <T extends { name: string }>(item: T): T => (item.name === oldName ? { ...item, name: newName } : item)
  return {
    ...definition,
    columns: definition.columns.map(rename),
    indexes: definition.indexes.map((index) => ({ ...index, fields: index.fields.map(rename) })),
    autocomplete: definition.autocomplete.map(rename),
  }
}

/** Renames a physical column; its rows, constraints and indexes stay. `after` comes from `withRenamedColumn`. */
export async function renameTableColumn(
  trx: Db,
  schema: string,
  before: TableDefinition,
  after: TableDefinition,
  names: { oldName: string; newName: string },
): Promise<void> {
  await sql`alter table ${sql.id(schema, before.name)}
    rename column ${sql.id(names.oldName)} to ${sql.id(names.newName)}`.execute(trx)
  await renameObjects(trx, schema, before, after)
}
