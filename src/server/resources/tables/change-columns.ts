import { Column, type ColumnType } from '#api/contract/columns.ts'
import type { AddedColumnType } from '#api/contract/typed-columns.ts'

import { invalidInput, notFound } from '../../errors.ts'
import { parseInput } from '../../route.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { updateDefinition } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { isNominal } from '../../tables/nominal-index.ts'
import { renameTableColumn, withRenamedColumn } from '../../tables/rename-objects.ts'
import { checkColumnName } from '../../tables/validate-name.ts'
import { type DefinitionChange, namingFields } from './change-definitions.ts'
import { applyChanges } from './update-table.ts'

/** The types of the references that have a route of their own. */
export const REFERENCE_TYPES: Partial<Record<AddedColumnType, ColumnType>> = { tableref: 'int', tablerefuuid: 'uuid' }

/** The column that a route per type describes. */
export function toTypedColumn(type: AddedColumnType, body: object): Column {
  return parseInput(Column, { ...body, type: REFERENCE_TYPES[type] ?? type })
}

/** Adds a column at the end; rows that are there get its default. */
export async function addColumn(
  change: DefinitionChange,
  definition: TableDefinition,
  column: Column,
): Promise<TableDefinition> {
  return namingFields(`schema.${definition.columns.length}.`, () =>
    applyChanges(change, definition, { columns: [...definition.columns, column] }),
  )
}

/** Throws 404 for a column that is not there. */
export function findColumn(definition: TableDefinition, name: string): Column {
  const column = definition.columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw notFound(`The column "${name}" of the table "${definition.name}"`)
  return column
}

/** Drops a column with its values, and the indexes that hold it. */
export async function deleteColumn(
  change: DefinitionChange,
  definition: TableDefinition,
  name: string,
): Promise<TableDefinition> {
  const column = findColumn(definition, name)
  if (column.name === 'id') {
    throw invalidInput('schema_name', 'The column id is the primary key and cannot be deleted.')
  }
  return applyChanges(change, definition, { columns: definition.columns.filter((other) => other !== column) })
}

/** Renames a column in place: values, indexes and references stay. */
export async function renameColumn(
  change: DefinitionChange,
  definition: TableDefinition,
  names: { oldName: string; newName: string },
): Promise<TableDefinition> {
  const { oldName, newName } = names
  if (!definition.columns.some((column) => column.name === oldName)) {
    throw invalidInput('old_name', `The table "${definition.name}" has no column named "${oldName}".`)
  }
  if (oldName === 'id') throw invalidInput('old_name', 'The column id is the primary key and keeps its name.')
  const problem = checkColumnName(newName)
  if (problem !== undefined) throw invalidInput('new_name', problem)
  const lower = newName.toLowerCase()
  if (definition.columns.some((column) => column.name !== oldName && column.name.toLowerCase() === lower)) {
    throw invalidInput('new_name', `The table "${definition.name}" already has a column named "${newName}".`)
  }
  if (
    definition.indexes.some((index) => isNominal(index, definition.columns) && !isNominal(index, [{ name: newName }]))
  ) {
    throw invalidInput('new_name', `An index that was imported names "${newName}" for the whole row. Delete it first.`)
  }
  if (oldName === newName) return definition
  const { columns, indexes, autocomplete } = withRenamedColumn(definition, oldName, newName)
  const stored = await updateDefinition(change.trx, definition, { columns, indexes, autocomplete }, change.now)
  await withDatabaseErrors({ definition: stored, paramOf: () => 'new_name' }, async () => {
    for (const schema of change.schemas) await renameTableColumn(change.trx, schema, definition, stored, names)
  })
  return stored
}
