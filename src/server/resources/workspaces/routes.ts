import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/workspaces.ts'

import { dropWorkspace, insertWorkspace, readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import * as store from './store.ts'

/** Workspaces, their branches and data sources. */
export function registerWorkspaces(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, contract.listWorkspaces, ({ caller }) => store.listWorkspaces(db, caller))

  serve(app, contract.createWorkspace, async ({ body, caller, trail }) => {
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
    return store.getWorkspace(db, id)
  })

  serve(app, contract.getWorkspace, ({ params }) => store.getWorkspace(db, params.workspace_id))

  serve(app, contract.updateWorkspace, async ({ params, body, trail }) => {
    const before = await store.getWorkspace(db, params.workspace_id)
    await store.updateWorkspace(db, before.id, body, now())
    trail.target = { kind: 'workspace', id: before.id, name: before.name }
    trail.detail = { changed: Object.keys(body) }
    return store.getWorkspace(db, before.id)
  })

  serve(app, contract.deleteWorkspace, async ({ params, trail }) => {
    const workspace = await store.getWorkspace(db, params.workspace_id)
    await db.transaction().execute((trx) => dropWorkspace(trx, workspace.id))
    trail.target = { kind: 'workspace', id: workspace.id, name: workspace.name }
    return null
  })

  serve(app, contract.listBranches, async ({ params }) => {
    await store.getWorkspace(db, params.workspace_id)
    return store.listBranches(db, params.workspace_id)
  })

  serve(app, contract.getBranch, async ({ params }) => {
    await store.getWorkspace(db, params.workspace_id)
    return store.toBranch(await readBranch(db, params.workspace_id, params.branch_label))
  })

  serve(app, contract.listDataSources, async ({ params }) => {
    await store.getWorkspace(db, params.workspace_id)
    return store.listDataSources(db, params.workspace_id)
  })
}
