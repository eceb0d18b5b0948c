import { readConstruct } from '#xanoscript/read-construct.ts'

import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { insertConstruct } from '../constructs/store.ts'

/**
 * For tests: stores a construct of a branch and answers its id. `readAs` is what a text that cannot be read was when
 * it still could.
 */
export async function addConstruct(
  db: Db,
  place: { workspaceId: number; groupId?: number; branch?: string },
  text: string,
  readAs = text,
): Promise<number> {
  const { workspaceId, groupId = null, branch = '' } = place
  const branchId = (await readBranch(db, workspaceId, branch)).id
  const header = readConstruct(readAs)
  const row = await insertConstruct(db, { workspaceId, branchId, groupId }, header, text, new Date(1_700_000_000_000))
  return row.id
}
