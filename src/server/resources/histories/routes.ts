import type { FastifyInstance } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import * as contract from '#api/contract/histories.ts'
import type { WorkspaceParams } from '#api/contract/workspaces.ts'

import type { HistoryKind } from '../../db/tables.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { type HistoryQuery, pageHistory } from './store.ts'

type HistoryEndpoint = Endpoint<typeof WorkspaceParams>
type HistoryDeps = Pick<Deps, 'connection' | 'now'>

/** What was asked: `branch` is absent where the kind has none, null = all branches, empty = the live one. */
type Asked = HistoryQuery & { branch?: string | null }

const ENDPOINTS: Record<HistoryKind, { list: HistoryEndpoint; search: HistoryEndpoint }> = {
  request: { list: contract.listRequestHistory, search: contract.searchRequestHistory },
  function: { list: contract.listFunctionHistory, search: contract.searchFunctionHistory },
  task: { list: contract.listTaskHistory, search: contract.searchTaskHistory },
  middleware: { list: contract.listMiddlewareHistory, search: contract.searchMiddlewareHistory },
  tool: { list: contract.listToolHistory, search: contract.searchToolHistory },
  trigger: { list: contract.listTriggerHistory, search: contract.searchTriggerHistory },
}

/** Histories of runs, one resource for all kinds. */
export function registerHistories(app: FastifyInstance, deps: HistoryDeps): void {
  for (const [kind, { list, search }] of Object.entries(ENDPOINTS) as [HistoryKind, (typeof ENDPOINTS)['task']][]) {
    // The endpoints' own schemas have parsed the input; what they share is what `Asked` names.
    serve(app, list, ({ params, query }) => page(deps, kind, params.workspace_id, query as Asked))
    serve(app, search, ({ params, body }) => page(deps, kind, params.workspace_id, body as Asked))
  }
}

async function page(
  { connection: { db }, now }: HistoryDeps,
  kind: HistoryKind,
  workspaceId: number,
  asked: Asked,
): Promise<unknown> {
  await getWorkspace(db, workspaceId)
  const branchId = typeof asked.branch === 'string' ? (await readBranch(db, workspaceId, asked.branch)).id : null
  const { items, hasMore } = await pageHistory(db, { workspaceId, kind, branchId }, asked, now())
  return {
    curPage: asked.page,
    nextPage: hasMore ? asked.page + 1 : null,
    prevPage: asked.page > 1 ? asked.page - 1 : null,
    items,
  }
}
