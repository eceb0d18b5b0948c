import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/restores.ts'

import { requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getBackup } from '../backups/store.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { cancelRestore } from './cancel-restore.ts'
import { shortScope } from './check-scope.ts'
import { createRestore } from './create-restore.ts'
import { presentRestore, presentRestores } from './present.ts'
import { previewRestore } from './preview.ts'
import * as store from './store.ts'
import { undoRestore } from './undo-restore.ts'

type RestoreDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now' | 'log'>

/** Restores: look at what one would do, start one, follow it, end it, take it back. */
export function registerRestores(app: FastifyInstance, deps: RestoreDeps): void {
  const { db } = deps.connection

  serve(app, contract.previewRestore, async ({ params, body, caller }) => {
    const backup = await getBackup(db, caller, params.id)
    if (body.workspaceId == null) return previewRestore(deps, caller, { backup, password: body.password, target: null })
    requireWorkspace(caller, body.workspaceId)
    const { id, name } = await getWorkspace(db, body.workspaceId)
    return previewRestore(deps, caller, { backup, password: body.password, target: { id, name } })
  })

  serve(app, contract.createRestore, async ({ body, caller, trail }) => {
    const { row, takenCanonicals } = await createRestore(deps, caller, body)
    if (row.workspace_id !== null) trail.workspaceId = row.workspace_id
    trail.target = { kind: 'restore', id: row.id, name: row.workspace_name }
    const { backup_id: backupId, into_new: intoNew, new_branch: newBranch, scope } = row
    trail.detail = { backupId, intoNew, newBranch, ...(scope === null ? { tables: null } : shortScope(scope)) }
    return { id: row.id, status: 'queued' as const, takenCanonicals }
  })

  serve(app, contract.listRestores, async ({ query, caller }) => {
    const rows = await store.listRestores(db, caller, query)
    const page = rows.slice(0, query.limit)
    const nextCursor = rows.length > page.length ? String(page.at(-1)?.id) : null
    return { items: await presentRestores(db, page), nextCursor }
  })

  serve(app, contract.getRestore, async ({ params, caller }) =>
    presentRestore(db, await store.getRestore(db, caller, params.id)),
  )

  serve(app, contract.cancelRestore, async ({ params, caller, trail }) => {
    const row = await cancelRestore(deps, await store.getRestore(db, caller, params.id))
    if (row.workspace_id !== null) trail.workspaceId = row.workspace_id
    trail.target = { kind: 'restore', id: row.id, name: row.workspace_name }
    return presentRestore(db, row)
  })

  serve(app, contract.undoRestore, async ({ params, caller, trail }) => {
    const undone = await store.getRestore(db, caller, params.id)
    const row = await undoRestore(deps, caller, undone)
    if (undone.workspace_id !== null) trail.workspaceId = undone.workspace_id
    trail.target = { kind: 'restore', id: row.id, name: row.workspace_name }
    trail.detail = { undoOf: undone.id, ...(row.scope === null ? { tables: null } : shortScope(row.scope)) }
    return { id: row.id, status: 'queued' as const }
  })
}
