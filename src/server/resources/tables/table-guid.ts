import { invalidInput } from '../../errors.ts'
import type { TableDefinition } from '../../tables/definition.ts'

/** The guid, which tells tables apart across imports; refused where another table of the workspace has it. */
export function requireFreeGuid(tables: readonly TableDefinition[], guid: string, ownId?: number): string {
  const holder = tables.find((table) => table.guid === guid && table.id !== ownId)
  if (holder !== undefined) {
    throw invalidInput('guid', `Duplicate table guid: ${guid}. The table "${holder.name}" has it.`)
  }
  return guid
}
