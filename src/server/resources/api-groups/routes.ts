import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/api-groups.ts'

import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import * as store from './store.ts'

/** API groups of a branch. */
export function registerApiGroups(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, contract.listApiGroups, async ({ params, query }) => {
    await getWorkspace(db, params.workspace_id)
    const branch = await readBranch(db, params.workspace_id, query.branch)
    const { rows, hasMore } = await store.pageApiGroups(db, branch.id, query)
    return {
      curPage: query.page,
      nextPage: hasMore ? query.page + 1 : null,
      prevPage: query.page > 1 ? query.page - 1 : null,
      items: rows.map((row) => store.toApiGroup(row, branch.label)),
    }
  })

  serve(app, contract.createApiGroup, async ({ params, query, body, trail }) => {
    await getWorkspace(db, params.workspace_id)
    // In JSON the branch is a body key; other clients send it in the query.
    const branch = await readBranch(db, params.workspace_id, body.branch ?? query.branch)
    const row = await store.insertApiGroup(db, { workspaceId: params.workspace_id, branchId: branch.id }, body, now())
    trail.target = { kind: 'api_group', id: row.id, name: row.name, branch: branch.label }
    return store.toApiGroup(row, branch.label)
  })

  serve(app, contract.getApiGroup, async ({ params }) => {
    const row = await store.getApiGroup(db, params.workspace_id, params.apigroup_id)
    return store.toApiGroup(row, row.branch)
  })

  serve(app, contract.updateApiGroup, async ({ params, body, trail }) => {
    const before = await store.getApiGroup(db, params.workspace_id, params.apigroup_id)
    const row = await store.updateApiGroup(db, before, body, now())
    trail.target = { kind: 'api_group', id: row.id, name: before.name, branch: before.branch }
    trail.detail = { changed: Object.keys(body) }
    return store.toApiGroup(row, before.branch)
  })

  serve(app, contract.deleteApiGroup, async ({ params, trail }) => {
    const row = await store.getApiGroup(db, params.workspace_id, params.apigroup_id)
    await db.deleteFrom('api_group').where('id', '=', row.id).execute()
    trail.target = { kind: 'api_group', id: row.id, name: row.name, branch: row.branch }
    return null
  })
}
