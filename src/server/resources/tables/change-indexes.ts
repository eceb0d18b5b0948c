import type { Index } from '#api/contract/columns.ts'

import { invalidInput, notFound } from '../../errors.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { type DefinitionChange, namingFields } from './change-definitions.ts'
import { primaryIndexId } from './present.ts'
import { applyChanges } from './update-table.ts'

/** Adds an index and builds it. */
export async function addIndex(
  change: DefinitionChange,
  definition: TableDefinition,
  index: Index,
): Promise<TableDefinition> {
  if (index.type === 'primary') {
    throw invalidInput('type', 'Every table has its primary index already: the one on the column id.')
  }
  return namingFields(`index.${definition.indexes.length}.`, () =>
    applyChanges(change, definition, { indexes: [...definition.indexes, index] }),
  )
}

/** Drops an index. The primary one stays. */
export async function deleteIndex(
  change: DefinitionChange,
  definition: TableDefinition,
  indexId: string,
): Promise<TableDefinition> {
  if (indexId === primaryIndexId(definition)) {
    throw invalidInput('index_id', 'The primary index belongs to the column id and cannot be deleted.')
  }
  const left = definition.indexes.filter((index) => index.id !== indexId)
  if (left.length === definition.indexes.length) {
    throw notFound(`The index "${indexId}" of the table "${definition.name}"`)
  }
  return applyChanges(change, definition, { indexes: left })
}
