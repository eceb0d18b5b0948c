import type { z } from 'zod'

import type { CreateTable } from '#api/contract/tables.ts'

import { newGuid } from '../../ids.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { completeTables, createBareTable } from '../../tables/ddl.ts'
import { insertDefinition } from '../../tables/definition-store.ts'
import type { NewTableDefinition, TableDefinition } from '../../tables/definition.ts'
import { FIRST_COLUMNS, normalIndexes } from '../../tables/normal-definition.ts'
import { checkDefinition } from '../../tables/validate-definition.ts'
import { refuseTwins } from '../../tables/validate-indexes.ts'
import type { DefinitionChange } from './change-definitions.ts'
import { requireFreeGuid } from './table-guid.ts'

/** Creates a table in every data source of the workspace. Without a schema it gets `id` and `created_at`. */
export async function createTable(
  change: DefinitionChange,
  input: z.output<typeof CreateTable>,
): Promise<TableDefinition> {
  const draft: NewTableDefinition = {
    name: input.name,
    description: input.description ?? '',
    docs: input.docs ?? '',
    auth: input.auth ?? false,
    guid: requireFreeGuid(change.tables, input.guid ?? newGuid()),
    tag: input.tag ?? [],
    columns: input.schema ?? [...FIRST_COLUMNS],
    indexes: input.index ?? [],
    autocomplete: input.autocomplete ?? [],
  }
  checkDefinition(draft, change.tables)
  refuseTwins(normalIndexes(draft.indexes), [])
  const definition = await insertDefinition(change.trx, change.workspaceId, draft, change.now)
  const targets = [...change.tables, definition]
  await withDatabaseErrors({ definition }, async () => {
    for (const schema of change.schemas) {
      await createBareTable(change.trx, schema, definition)
      await completeTables(change.trx, schema, [definition], targets)
    }
  })
  return definition
}
