import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/workspaces.ts'

import { insertWorkspace } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { requireVersion, sendVersion } from '../../versions.ts'
import { changeWorkspace } from './change-workspace.ts'
import { deleteWorkspace, requireNoRestore } from './delete-workspace.ts'
import * as store from './store.ts'

/** Workspaces. */
export function registerWorkspaces(
  app: FastifyInstance,
  deps: Pick<Deps, 'connection' | 'files' | 'log' | 'now'>,
): void {
  const { now } = deps
  const { db } = deps.connection
  serve(app, contract.listWorkspaces, ({ caller }) => store.listWorkspaces(db, caller))

  serve(app, contract.createWorkspace, async (input) => {
    const { body, caller, trail } = input
    if (caller.workspaces !== 'all') {
      throw new AppError(
        'access_denied',
        'Access Denied. This token reaches chosen workspaces only, so it cannot make a new one.',
        {
          payload: { reason: 'workspace' },
        },
      )
    }
    const { id } = await db.transaction().execute((trx) => insertWorkspace(trx, body, now()))
    trail.workspaceId = id
    trail.target = { kind: 'workspace', id, name: body.name }
    const workspace = await store.getWorkspace(db, id)
    Object.assign(trail, changed(null, store.workspaceContent(workspace)))
    sendVersion(input, store.workspaceContent(workspace))
    return workspace
  })

  serve(app, contract.getWorkspace, async (input) => {
    const workspace = await store.getWorkspace(db, input.params.workspace_id)
    sendVersion(input, store.workspaceContent(workspace))
    return workspace
  })

  serve(app, contract.updateWorkspace, async (input) =>
    changeWorkspace(db, input.params.workspace_id, async (trx) => {
      const { params, body, trail } = input
      const before = await store.getWorkspace(trx, params.workspace_id)
      await requireVersion(trx, input, { kind: 'workspace', id: before.id }, store.workspaceContent(before))
      const after = await store.updateWorkspace(trx, before, body, now())
      trail.target = { kind: 'workspace', id: before.id, name: before.name }
      trail.detail = { changed: Object.keys(body) }
      Object.assign(trail, changed(store.workspaceContent(before), store.workspaceContent(after)))
      sendVersion(input, store.workspaceContent(after))
      return after
    }),
  )

  serve(app, contract.deleteWorkspace, async (input) => {
    await deleteWorkspace(deps, input.params.workspace_id, async (trx, workspace) => {
      const { id, name } = workspace
      await requireNoRestore(trx, id)
      await requireVersion(trx, input, { kind: 'workspace', id }, store.workspaceContent(workspace))
      input.trail.target = { kind: 'workspace', id, name }
      Object.assign(input.trail, changed(store.workspaceContent(workspace), null))
    })
    return null
  })
}
