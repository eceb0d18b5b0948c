import { AppError } from '../../errors.ts'
import { dropTable } from '../../tables/ddl.ts'
import { deleteDefinition } from '../../tables/definition-store.ts'
import { referencesTo, type TableDefinition } from '../../tables/definition.ts'
import type { DefinitionChange } from './change-definitions.ts'

/** Drops a table with its rows in every data source. Refused while another table has a column that refers to it. */
export async function deleteTable(change: DefinitionChange, definition: TableDefinition): Promise<void> {
  const referring = change.tables.flatMap((table) =>
    table.id === definition.id
      ? []
      : referencesTo(table, definition.id).map((column) => `"${table.name}" (${column.name})`),
  )
  if (referring.length > 0) {
    throw new AppError(
      'invalid_input',
      `The table "${definition.name}" cannot be deleted, because other tables refer to it: ${referring.join(', ')}. Delete those columns first.`,
      { payload: { reason: 'referenced' } },
    )
  }
  for (const schema of change.schemas) await dropTable(change.trx, schema, definition)
  await deleteDefinition(change.trx, definition)
}
