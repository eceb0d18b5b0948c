import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/openapi-documents.ts'

import { type Caller, requireScope, requireWorkspace } from '../../caller.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { serve } from '../../route.ts'
import { type ApiGroupRow, findByCanonical, findCopy, getApiGroup, listApiGroups } from '../api-groups/store.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { addressOf, groupDocument, workspaceDocument } from './documents.ts'
import { readConstructs } from './read-constructs.ts'

/** OpenAPI documents of the endpoints that users define: for those who build them, and published ones for their users. */
export function registerOpenapiDocuments(
  app: FastifyInstance,
  { connection: { db }, publicUrl }: Pick<Deps, 'connection' | 'publicUrl'>,
): void {
  serve(app, contract.getWorkspaceOpenapi, async ({ params, query }) => {
    const workspace = await getWorkspace(db, params.workspace_id)
    const branch = await readBranch(db, workspace.id, query.branch)
    const groups = await listApiGroups(db, branch.id)
    const constructs = await readConstructs(db, workspace.id, { kind: 'query', branchId: branch.id })
    return workspaceDocument(workspace, groups, constructs, publicUrl())
  })

  serve(app, contract.getApiGroupOpenapi, async ({ params, query }) => {
    const own = await getApiGroup(db, params.workspace_id, params.apigroup_id)
    return ofGroup(await inBranch(own, query.branch))
  })

  serve(app, contract.getApiOpenapi, async ({ params }) => {
    const group = await getApiGroup(db, params.workspace_id, params.apigroup_id)
    const constructs = await readConstructs(db, group.workspace_id, { groupId: group.id, id: params.api_id })
    if (constructs.length === 0) throw notFound(`The API ${params.api_id}`)
    return groupDocument(group, constructs, publicUrl() + addressOf(group))
  })

  serve(app, contract.getPublicOpenapi, async ({ params, request }) => {
    const [canonical = '', label = ''] = params.group.split(':', 2)
    const group = await findByCanonical(db, canonical, label)
    const workspace = group && (await getWorkspace(db, group.workspace_id))
    // One answer for all three: who asks must not learn which groups there are.
    if (!group?.swagger || workspace?.swagger === false) throw notFound('The documentation of this API group')
    if (workspace?.documentation?.require_token === true || group.documentation.require_token) {
      requireReader(request.caller, group.workspace_id)
    }
    return ofGroup(group)
  })

  /** The same group in another branch; an empty label is the group itself. */
  async function inBranch(group: ApiGroupRow, label: string): Promise<ApiGroupRow> {
    if (label === '' || label === group.branch) return group
    const branch = await readBranch(db, group.workspace_id, label)
    const copy = await findCopy(db, branch.id, group.guid)
    if (copy === undefined) throw notFound(`API group ${group.id} in branch ${label}`)
    return copy
  }

  async function ofGroup(group: ApiGroupRow): Promise<ReturnType<typeof groupDocument>> {
    const constructs = await readConstructs(db, group.workspace_id, { groupId: group.id })
    return groupDocument(group, constructs, publicUrl() + addressOf(group))
  }
}

/** Documentation that asks for a token is for those who could read the group itself. */
function requireReader(caller: Caller | null, workspaceId: number): void {
  if (caller === null) {
    throw new AppError(
      'unauthorized',
      'Unauthorized - This documentation asks for a token. Send "Authorization: Bearer <access token>".',
    )
  }
  requireScope(caller, 'workspace:api:read')
  requireWorkspace(caller, workspaceId)
}
