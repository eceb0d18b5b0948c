import type { RestoreScope } from '#api/contract/restore-scope.ts'

import { type Caller, requireScope, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { lenderOf } from '../schedules/lent-rights.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { readMemory } from './memory.ts'
import { undoStates } from './present.ts'
import { startRestore } from './start-restore.ts'
import type { RestoreRow } from './store.ts'

type UndoDeps = Pick<Deps, 'connection' | 'jobs' | 'vault' | 'hub' | 'now'>

/**
 * Starts the restore that takes this one back: of its safety backup and the same scope, or one that deletes the
 * workspace or branch that was made. Throws 409 with the reason where that cannot be done.
 */
export async function undoRestore(deps: UndoDeps, caller: Caller, undone: RestoreRow): Promise<RestoreRow> {
  const { db } = deps.connection
  await requireUndoable(db, undone)
  const workspaceId = undone.workspace_id ?? 0
  requireWorkspace(caller, workspaceId)
  if (undone.into_new) requireScope(caller, 'instance:workspace:delete')
  if (undone.new_branch !== null) await requireIdleBranch(db, undone)
  const { name } = await getWorkspace(db, workspaceId)
  const restore = {
    // What was made is deleted; nothing is read for that.
    backup_id: undone.into_new || undone.new_branch !== null ? null : undone.safety_backup_id,
    workspace_id: workspaceId,
    workspace_name: name,
    into_new: undone.into_new,
    new_branch: undone.new_branch,
    tables: undone.tables === null ? null : JSON.stringify(undone.tables),
    scope: undone.scope === null ? null : JSON.stringify(undoScope(undone.scope)),
    undo_of: undone.id,
    created_by: caller.label,
    created_at: deps.now(),
  }
  // The safety backup keeps its password, so that nobody has to know it at night.
  const by = await lenderOf(db, caller)
  return startRestore(deps, restore, { password: '', by }, (trx) => requireUndoable(trx, undone))
}

/** The same, whole: what rows were merged into is brought back as it was. */
function undoScope({ rowIds: _ids, dropColumns: _drop, ...scope }: RestoreScope): RestoreScope {
  return { ...scope, rows: 'replace' }
}

async function requireUndoable(db: Db, restore: RestoreRow): Promise<void> {
  const refusal = (await undoStates(db, [restore])).get(restore.id)?.refusal ?? null
  if (refusal !== null) throw cannotUndo(refusal)
}

/** Throws 409 where the branch that was made is gone or is the live one. */
async function requireIdleBranch(db: Db, { id, new_branch: label }: RestoreRow): Promise<void> {
  const { branchId } = await readMemory(db, id)
  const branch = await db
    .selectFrom('branch')
    .select('live')
    .where('id', '=', branchId ?? 0)
    .executeTakeFirst()
  if (branch === undefined) throw cannotUndo(`The branch "${label}" that it made is gone already.`)
  if (branch.live) {
    throw cannotUndo(`The branch "${label}" that it made is the live one now. Make another branch live first.`)
  }
}

function cannotUndo(reason: string): AppError {
  return new AppError('conflict', `The restore cannot be undone. ${reason}`, { payload: { reason: 'cannot_undo' } })
}
