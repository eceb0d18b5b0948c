import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/restores.ts'

import { type Caller, requireScope, requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { serve } from '../../route.ts'
import { getBackup } from '../backups/store.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { openSummary, previewOf } from './preview.ts'
import * as store from './store.ts'

type RestoreDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now'>

/** Restores: look at what one would do, start one, follow it. */
export function registerRestores(app: FastifyInstance, deps: RestoreDeps): void {
  const { connection, jobs, vault, now } = deps
  const { db } = connection

  serve(app, contract.previewRestore, async ({ params, body, caller }) => {
    const backup = await getBackup(db, caller, params.id)
    const target = body.workspaceId == null ? null : await targetWorkspace(caller, body.workspaceId)
    return previewOf(db, await openSummary(deps, backup, body.password), target)
  })

  serve(app, contract.createRestore, async ({ body, caller, trail }) => {
    const backup = await getBackup(db, caller, body.backupId)
    const target = await chooseTarget(caller, body.into)
    await openSummary(deps, backup, body.password)
    const row = await db.transaction().execute(async (trx) => {
      const inserted = await store.insertRestore(trx, {
        backup_id: backup.id,
        workspace_id: target.id,
        workspace_name: target.name,
        into_new: target.id === null,
        created_by: caller.label,
        created_at: now(),
      })
      const sealedPassword = body.password === '' ? null : vault.seal(body.password)
      await jobs.enqueue('restore', { restoreId: inserted.id, sealedPassword }, trx)
      return inserted
    })
    if (target.id !== null) trail.workspaceId = target.id
    trail.target = { kind: 'restore', id: row.id, name: target.name }
    trail.detail = { backupId: backup.id, intoNew: row.into_new }
    return { id: row.id, status: 'queued' as const }
  })

  serve(app, contract.listRestores, ({ query, caller }) => store.listRestores(db, caller, query))

  serve(app, contract.getRestore, async ({ params, caller }) =>
    store.toRestore(await store.getRestore(db, caller, params.id)),
  )

  async function targetWorkspace(caller: Caller, workspaceId: number): Promise<{ id: number; name: string }> {
    requireWorkspace(caller, workspaceId)
    const { id, name } = await getWorkspace(db, workspaceId)
    return { id, name }
  }

  async function chooseTarget(
    caller: Caller,
    into: contract.RestoreTarget,
  ): Promise<{ id: number | null; name: string }> {
    if ('newWorkspace' in into) {
      requireNewWorkspace(caller)
      return { id: null, name: into.newWorkspace }
    }
    const target = await targetWorkspace(caller, into.workspaceId)
    if (!('confirm' in into) || into.confirm !== target.name) {
      throw invalidInput(
        'into.confirm',
        `Type the name of the workspace, "${target.name}", to confirm that it is overwritten.`,
      )
    }
    if ((await store.findUnderWay(db, { workspaceId: target.id })) !== undefined) {
      throw new AppError('conflict', 'Another restore of this workspace is running. Wait until it is done.', {
        payload: { reason: 'import_in_progress' },
      })
    }
    return target
  }
}

/** Making a workspace asks for more than writing into one. */
function requireNewWorkspace(caller: Caller): void {
  requireScope(caller, 'instance:workspace:create')
  if (caller.workspaces === 'all') return
  throw new AppError(
    'access_denied',
    'Access Denied. This token reaches chosen workspaces only, so it cannot make a new one.',
    { payload: { reason: 'workspace' } },
  )
}
