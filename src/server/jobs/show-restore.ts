import type { EventResource } from '#api/contract/event-resource.ts'

import { presentRestore, toRestore } from '../resources/restores/present.ts'
import { findRestore, type RestoreChange, updateUnderWay } from '../resources/restores/store.ts'
import type { JobDeps } from './run.ts'

type ShowDeps = Pick<JobDeps, 'connection' | 'hub'>

/** Lists that a restore makes stale. */
const STALE: readonly EventResource[] = [
  'restores',
  'backups',
  'workspaces',
  'tables',
  'content',
  'api-groups',
  'constructs',
  'files',
]

/** Writes how far a restore has come and shows it to whoever looks; one that has ended stays as it is. */
export async function showProgress(
  { connection: { db }, hub }: ShowDeps,
  id: number,
  change: RestoreChange,
): Promise<void> {
  const row = await updateUnderWay(db, id, change)
  if (row === undefined) return
  await hub.publish(db, { type: 'progress', resource: 'restores', id, item: toRestore(row) })
}

/** Tells everybody that a restore has ended; `stale` where it changed a workspace, whose lists are read anew. */
export async function announce(
  { connection: { db }, hub }: ShowDeps,
  id: number,
  stale: 'restores' | 'all',
): Promise<void> {
  const row = await findRestore(db, id)
  if (row === undefined) return
  await hub.publish(db, { type: 'progress', resource: 'restores', id, item: await presentRestore(db, row) })
  const workspace = row.workspace_id === null ? {} : { workspaceId: row.workspace_id }
  for (const resource of stale === 'all' ? STALE : (['restores'] as const)) {
    await hub.publish(db, { type: 'changed', resource, ...workspace })
  }
}
