import type { FastifyInstance } from 'fastify'

import { getContext } from '#api/contract/context.ts'

import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { listDefinitions } from '../../tables/definition-store.ts'
import { listApiGroups } from '../api-groups/store.ts'
import { readConstructs } from '../openapi/read-constructs.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { buildContext } from './build-context.ts'
import { printYaml } from './print-yaml.ts'

/** The map of a workspace for tools. */
export function registerContext(app: FastifyInstance, { connection: { db } }: Pick<Deps, 'connection'>): void {
  serve(app, getContext, async ({ params, query, reply }) => {
    const workspace = await getWorkspace(db, params.workspace_id)
    const branch = await readBranch(db, workspace.id, query.branch)
    const context = buildContext({
      workspace,
      branch: branch.label,
      tables: await listDefinitions(db, workspace.id),
      groups: await listApiGroups(db, branch.id),
      constructs: await readConstructs(db, workspace.id, { branchId: branch.id }),
      include: query.include,
    })
    const isJson = query.format === 'json'
    void reply.type(isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8')
    return isJson ? JSON.stringify(context) : await printYaml(context)
  })
}
