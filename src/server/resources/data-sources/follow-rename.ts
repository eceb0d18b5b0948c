import type { ConstructChanges, ConstructHeader } from '#xanoscript/construct-header.ts'
import { editConstruct } from '#xanoscript/edit-construct.ts'

import type { Db } from '../../db/connection.ts'
import { tryRead } from '../constructs/document.ts'
import { listConstructs, updateConstruct } from '../constructs/store.ts'

/** Kinds whose texts name data sources. */
const KINDS = ['task', 'table_trigger'] as const

/** Writes the new label of a data source into the tasks and table triggers of every branch that name it, drafts too. */
export async function renameInConstructs(
  trx: Db,
  workspaceId: number,
  labels: { from: string; to: string },
  now: Date,
): Promise<void> {
  const branches = await trx.selectFrom('branch').select('id').where('workspace_id', '=', workspaceId).execute()
  const ofWorkspace = trx.selectFrom('construct').select('id').where('workspace_id', '=', workspaceId)
  await ofWorkspace.where('kind', 'in', KINDS).orderBy('id').forUpdate().execute()
  // Read once they are held: a change that was under way must not be lost.
  for (const { id } of branches) {
    for (const kind of KINDS) {
      for (const row of await listConstructs(trx, id, kind)) {
        const text = renameIn(row.text, labels)
        const draft = row.draft === null ? null : renameIn(row.draft, labels)
        await updateConstruct(trx, row, { text, draft }, now)
      }
    }
  }
}

function renameIn(text: string, labels: { from: string; to: string }): string {
  const read = tryRead(text)
  if ('failure' in read) return text
  const changes = changesOf(read.header, labels)
  return changes === undefined ? text : editConstruct(text, changes)
}

function changesOf(
  { datasource, datasources }: ConstructHeader,
  { from, to }: { from: string; to: string },
): ConstructChanges | undefined {
  if (datasource === from) return { datasource: to }
  if (!datasources.includes(from)) return undefined
  return { datasources: datasources.map((label) => (label === from ? to : label)) }
}
