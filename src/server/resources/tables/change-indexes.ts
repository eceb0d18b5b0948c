import type { Index } from '#api/contract/columns.ts'

import { invalidInput, notFound } from '../../errors.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { newIndexId } from '../../tables/normal-definition.ts'
import { type DefinitionChange, namingFields } from './change-definitions.ts'
import { primaryIndexId } from './present.ts'
import { applyChanges } from './update-table.ts'

/** Adds an index and builds it. Answers its id. */
export async function addIndex(
  change: DefinitionChange,
  definition: TableDefinition,
  index: Index,
): Promise<{ id: string; definition: TableDefinition }> {
  if (index.type === 'primary') {
    throw invalidInput('type', 'Every table has its primary index already: the one on the column id.')
  }
  const id = newIndexId()
  const after = await namingFields(`index.${definition.indexes.length}.`, () =>
    applyChanges(change, definition, { indexes: [...definition.indexes, { ...index, id }] }),
  )
  return { id, definition: after }
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
