import type { z } from 'zod'

import { holdsFiles } from '#api/contract/backup-contents.ts'
import type { CreateBackup } from '#api/contract/backups.ts'

import type { Caller } from '../../caller.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { lenderOf } from '../schedules/lent-rights.ts'
import { requireMayName } from '../targets/reach.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { requireQueueRoom } from './queue-room.ts'
import { requireTarget } from './require-target.ts'
import { type BackupRow, insertBackup } from './store.ts'

/**
 * Puts a backup into the queue. Throws 404 for a workspace or branch that is not there, 400 for such a target, 403 for any where the caller may name none, 409 for one
 * that is deleted meanwhile, 429 while too many of the workspace are under way.
 */
export async function createBackup(
  deps: Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'now'>,
  caller: Caller,
  input: z.output<typeof CreateBackup>,
): Promise<BackupRow> {
  const { connection, jobs, vault, now } = deps
  const workspace = await getWorkspace(connection.db, input.workspaceId)
  const branch = await readBranch(connection.db, workspace.id, input.branch)
  const targetId = input.targetId ?? null
  requireMayName(caller, targetId)
  await requireTarget(deps, targetId)
  return connection.db.transaction().execute(async (trx) => {
    await requireQueueRoom(trx, workspace.id)
    const row = await insertBackup(trx, {
      workspace_id: workspace.id,
      workspace_name: workspace.name,
      branch: branch.label,
      kind: 'manual',
      definition_only: input.definitionOnly,
      includes_files: holdsFiles(input),
      encrypted: input.password !== '',
      target_id: targetId,
      note: input.note,
      created_by: caller.label,
      created_at: now(),
    })
    const sealedPassword = input.password === '' ? null : vault.seal(input.password)
    await jobs.enqueue('backup', { backupId: row.id, sealedPassword, by: await lenderOf(trx, caller) }, trx)
    return row
  })
}
