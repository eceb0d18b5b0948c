import { editConstruct } from '#xanoscript/edit-construct.ts'

import type { Db } from '../../db/connection.ts'
import { tryRead } from '../constructs/document.ts'
import { listConstructs, updateConstruct } from '../constructs/store.ts'
import { takeTurns } from '../constructs/take-turns.ts'
import type { ApiGroupRow } from './store.ts'

/** Writes the group's new name into those of its queries, drafts too, that name it. Call it holding the group. */
export async function renameInQueries(trx: Db, group: ApiGroupRow, newName: string, now: Date): Promise<void> {
  const ofGroup = trx.selectFrom('construct').select('id').where('api_group_id', '=', group.id)
  await ofGroup.orderBy('id').forUpdate().execute()
  // Read once they are held: a change that was under way must not be lost.
  const queries = await listConstructs(trx, group.branch_id, 'query')
  const turn = takeTurns()
  for (const query of queries.filter((row) => row.api_group_id === group.id)) {
    const text = renameIn(query.text, group.name, newName)
    const draft = query.draft === null ? null : renameIn(query.draft, group.name, newName)
    await updateConstruct(trx, query, { text, draft }, now)
    await turn(text)
  }
}

/** The text with the new name; as it is where it names no group, another one, or does not parse. */
function renameIn(text: string, name: string, newName: string): string {
  const read = tryRead(text)
  if ('failure' in read || read.header.apiGroup?.toLowerCase() !== name.toLowerCase()) return text
  return editConstruct(text, { apiGroup: newName })
}
