import type { TokenDependant } from '#api/contract/tokens.ts'

import type { Db } from '../../db/connection.ts'
import { listDependants, presentDependant } from '../tokens/dependants.ts'

/** What stops when a person goes: the schedules that they saved last, and whatever runs with these tokens. */
export async function listStopped(db: Db, userId: number, tokenIds: readonly number[]): Promise<TokenDependant[]> {
  const saved = await db
    .selectFrom('schedule')
    .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
    .select(['schedule.id', 'schedule.name', 'schedule.workspace_id', 'workspace.name as workspace_name'])
    .where('schedule.saved_by', '=', userId)
    .orderBy('schedule.name')
    .orderBy('schedule.id')
    .execute()
  return [
    ...saved.map(({ id, name, workspace_id: workspaceId, workspace_name: workspace }) => ({
      kind: 'schedule',
      id,
      name,
      workspace: { id: workspaceId, name: workspace },
    })),
    ...(await listDependants(db, tokenIds)).map(presentDependant),
  ]
}
