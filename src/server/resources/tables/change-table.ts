import type { Db } from '../../db/connection.ts'
import type { HandlerInput } from '../../route.ts'
import { getDefinition } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { changed } from '../../trail.ts'
import { requireVersion, sendVersion } from '../../versions.ts'
import { changeDefinitions, type DefinitionChange, findTable } from './change-definitions.ts'
import { targetOf, versionOf } from './present.ts'

/** What an operation on one table brings along, whatever else it is about. */
type Input = Pick<HandlerInput<never>, 'request' | 'reply' | 'trail'> & {
  params: { workspace_id: number; table_id: number }
}

/**
 * Runs a write to one table alone in its workspace. Refuses it with 409 where `If-Match` names another version, answers
 * the new version in `ETag`, and tells the table and what is different in the audit record.
 */
export async function changeTable(
  db: Db,
  input: Input,
  now: Date,
  work: (change: DefinitionChange, definition: TableDefinition) => Promise<TableDefinition>,
): Promise<TableDefinition> {
  const { workspace_id, table_id } = input.params
  const { before, after } = await changeDefinitions(db, workspace_id, now, async (change) => {
    const definition = await openTable(change, input, table_id)
    return { before: definition, after: await work(change, definition) }
  })
  input.trail.target = targetOf(after)
  Object.assign(input.trail, changed(versionOf(before), versionOf(after)))
  sendVersion(input, versionOf(after))
  return after
}

/** The table as it is inside the change, once it is the version that the request asks for. */
export async function openTable(
  change: DefinitionChange,
  input: Pick<Input, 'request' | 'trail'>,
  tableId: number,
): Promise<TableDefinition> {
  const definition = findTable(change, tableId)
  const target = targetOf(definition)
  input.trail.target = target
  await requireVersion(change.trx, input, target, versionOf(definition))
  return definition
}

/** Reads a table and answers its version in `ETag`. */
export async function readTable(db: Db, input: Input): Promise<TableDefinition> {
  const definition = await getDefinition(db, input.params.workspace_id, input.params.table_id)
  sendVersion(input, versionOf(definition))
  return definition
}
