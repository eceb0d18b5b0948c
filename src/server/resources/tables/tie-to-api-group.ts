import { invalidInput } from '../../errors.ts'
import { updateDefinition } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import type { DefinitionChange } from './change-definitions.ts'

/**
 * Ties a table to an API group of the workspace by its guid, which is the same in every branch; null lifts the tie, and
 * undefined leaves it. An unknown guid is refused with 400.
 */
export async function tieToApiGroup(
  change: DefinitionChange,
  definition: TableDefinition,
  guid: string | null | undefined,
): Promise<TableDefinition> {
  if (guid === undefined) return definition
  if (guid !== null) await requireApiGroup(change, guid)
  return updateDefinition(change.trx, definition, { apiGroupGuid: guid }, change.now)
}

async function requireApiGroup({ trx, workspaceId }: DefinitionChange, guid: string): Promise<void> {
  const group = await trx
    .selectFrom('api_group')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('guid', '=', guid)
    .executeTakeFirst()
  if (group !== undefined) return
  throw invalidInput('guid', `There is no API group with the guid "${guid}" in this workspace.`)
}
