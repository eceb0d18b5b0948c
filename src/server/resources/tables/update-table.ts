import type { Column } from '#api/contract/columns.ts'
import type { UpdateTable } from '#api/contract/tables.ts'

import { invalidInput } from '../../errors.ts'
import { alterTable } from '../../tables/alter-table.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { updateDefinition } from '../../tables/definition-store.ts'
import { type DefinitionChanges, idType, type TableDefinition } from '../../tables/definition.ts'
import { isNominal } from '../../tables/nominal-index.ts'
import { normalColumns, normalIndexes } from '../../tables/normal-definition.ts'
import { renameTable } from '../../tables/rename-objects.ts'
import { checkDefinition } from '../../tables/validate-definition.ts'
import { refuseTwins } from '../../tables/validate-indexes.ts'
import type { DefinitionChange } from './change-definitions.ts'
import { renameInConstructs } from './follow-rename.ts'
import { requireFreeGuid } from './table-guid.ts'

/** Some keys of the body of an update. */
type Sent = { [Key in keyof UpdateTable]?: UpdateTable[Key] | null | undefined }

/** What a request asks to change, null and absent alike meaning "leave it". */
export function toChanges(input: Sent): DefinitionChanges {
  const { schema, index, ...rest } = input
  const sent = Object.entries({ ...rest, columns: schema, indexes: index }).filter(
    ([, value]) => value !== undefined && value !== null,
  )
  return Object.fromEntries(sent) as DefinitionChanges
}

/** Views that are not spoken of stay: who edits columns need not know them. */
function withViews([id, ...rest]: Column[], before: TableDefinition): Column[] {
  if (id === undefined) return []
  const view = before.columns[0]?.view
  return [id.view === undefined && view !== undefined ? { ...id, view } : id, ...rest]
}

/** Lays the changes over a definition. What goes with a dropped column goes too, unless it was sent. */
function merge(before: TableDefinition, changes: DefinitionChanges): TableDefinition {
  const columns = withViews(changes.columns ?? before.columns, before)
  const isThere = (name: string): boolean => columns.some((column) => column.name === name)
  return {
    ...before,
    ...changes,
    columns,
    indexes:
      changes.indexes ??
      before.indexes.filter(
        (index) => isNominal(index, before.columns) || index.fields.every((field) => isThere(field.name)),
      ),
    autocomplete: changes.autocomplete ?? before.autocomplete.filter(({ name }) => isThere(name)),
  }
}

/** Changes a table: its definition and the physical tables of every data source. Rows of kept columns stay. */
export async function applyChanges(
  change: DefinitionChange,
  before: TableDefinition,
  changes: DefinitionChanges,
): Promise<TableDefinition> {
  const draft = merge(before, changes)
  requireFreeGuid(change.tables, draft.guid, before.id)
  checkDefinition(draft, change.tables)
  if (idType(draft) !== idType(before)) {
    throw invalidInput('schema.0.type', `The ids of this table are of type ${idType(before)}, and that cannot change.`)
  }
  const after = {
    ...draft,
    columns: normalColumns(draft.columns),
    indexes: normalIndexes(draft.indexes, before.indexes),
  }
  refuseTwins(after.indexes, before.indexes)
  const { id: _id, workspaceId: _workspaceId, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = after
  const stored = await updateDefinition(change.trx, before, fields, change.now)
  if (stored === before) return before
  const targets = change.tables.map((table) => (table.id === stored.id ? stored : table))
  await withDatabaseErrors({ definition: stored }, async () => {
    for (const schema of change.schemas) {
      const renamed = await renameTable(change.trx, schema, before, stored.name)
      await alterTable(change.trx, schema, renamed, stored, targets)
    }
  })
  if (stored.name !== before.name) {
    await renameInConstructs(change, { oldName: before.name, newName: stored.name })
  }
  return stored
}
