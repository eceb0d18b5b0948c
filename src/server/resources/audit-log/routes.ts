import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/audit-log.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { inReach, ofWorkspace, pageAuditLog } from './store.ts'

/** The audit log: of the whole instance as far as the caller reaches, and of one workspace. */
export function registerAuditLog(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, contract.listAuditLog, ({ caller, query }) => pageAuditLog(db, inReach(caller), query, now()))
  serve(app, contract.searchAuditLog, ({ caller, body }) => pageAuditLog(db, inReach(caller), body, now()))

  serve(app, contract.listWorkspaceAuditLog, async ({ params, query }) => {
    const { id } = await getWorkspace(db, params.workspace_id)
    return pageAuditLog(db, ofWorkspace(id), query, now())
  })

  serve(app, contract.searchWorkspaceAuditLog, async ({ params, body }) => {
    const { id } = await getWorkspace(db, params.workspace_id)
    return pageAuditLog(db, ofWorkspace(id), body, now())
  })
}
