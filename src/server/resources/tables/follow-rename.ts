import { setImmediate } from 'node:timers/promises'

import { editConstruct } from '#xanoscript/edit-construct.ts'

import { tryRead } from '../constructs/document.ts'
import { type ConstructRow, listConstructs, updateConstruct } from '../constructs/store.ts'
import type { DefinitionChange } from './change-definitions.ts'

/** Kinds whose header names a table: a query the one that signs users in, a trigger the one that it listens to. */
const KINDS = ['query', 'table_trigger'] as const

/** Texts read without a pause; some milliseconds. */
const READ_AT_ONCE = 50

/**
 * Writes a table's new name into the headers that name it: `auth` of queries and `table` of table triggers, published
 * and drafts, in every branch. What statements say of the table is left to their authors.
 */
export async function renameInConstructs(
  { trx, workspaceId, now }: DefinitionChange,
  names: { oldName: string; newName: string },
): Promise<void> {
  const ofWorkspace = trx.selectFrom('construct').select('id').where('workspace_id', '=', workspaceId)
  await ofWorkspace.where('kind', 'in', KINDS).orderBy('id').forUpdate().execute()
  // Read once they are held: a change that was under way must not be lost.
  const branches = await trx.selectFrom('branch').select('id').where('workspace_id', '=', workspaceId).execute()
  let read = 0
  for (const { id } of branches) {
    const rows = await Promise.all(KINDS.map((kind) => listConstructs(trx, id, kind)))
    for (const row of rows.flat()) {
      await updateConstruct(trx, row, renamed(row, names), now)
      read += 1
      // Reading texts is work: where there are many, other requests get their turn.
      if (read % READ_AT_ONCE === 0) await setImmediate()
    }
  }
}

function renamed(row: ConstructRow, names: { oldName: string; newName: string }): Pick<ConstructRow, 'text' | 'draft'> {
  return { text: renameIn(row.text, names), draft: row.draft === null ? null : renameIn(row.draft, names) }
}

/** The text with the new name; as it is where it names no table, another one, or does not parse. */
function renameIn(text: string, { oldName, newName }: { oldName: string; newName: string }): string {
  const read = tryRead(text)
  if ('failure' in read) return text
  const { kind, auth, target } = read.header
  const isMeant = (kind === 'query' ? auth : target)?.toLowerCase() === oldName.toLowerCase()
  if (!isMeant) return text
  return editConstruct(text, kind === 'query' ? { auth: newName } : { target: newName })
}
