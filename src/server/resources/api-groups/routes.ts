import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/api-groups.ts'

import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { lockDefinitions } from '../../tables/definition-store.ts'
import { changed as changedContent } from '../../trail.ts'
import { requireVersion, sendVersion } from '../../versions.ts'
import { writeTransaction } from '../constructs/write-transaction.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { changeApiGroup } from './change.ts'
import { followGuid } from './follow-guid.ts'
import { contentOf, targetOf, toApiGroup } from './present.ts'
import { readDocument } from './read-document.ts'
import * as store from './store.ts'

/** The parts of a handler's input that every change of a group needs. */
type ChangeInput = Pick<HandlerInput<typeof contract.updateApiGroupSecurity>, 'params' | 'request' | 'reply' | 'trail'>
type CreateInput = Omit<HandlerInput<typeof contract.createApiGroup>, 'body'>

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
      items: rows.map((row) => toApiGroup(row, query)),
    }
  })

  serve(
    app,
    contract.createApiGroup,
    (input) => create(input, input.body),
    (input) => create(input, readDocument(input)),
  )

  async function create(
    input: CreateInput,
    fields: store.ApiGroupFields & { name: string },
  ): Promise<contract.ApiGroup> {
    const workspaceId = input.params.workspace_id
    await getWorkspace(db, workspaceId)
    const branch = await readBranch(db, workspaceId, input.query.branch)
    const place = { workspaceId, branchId: branch.id }
    const row = await writeTransaction(db, (trx) => store.insertApiGroup(trx, place, fields, now()))
    input.trail.target = targetOf(row)
    Object.assign(input.trail, changedContent(null, contentOf(row)))
    sendVersion(input, contentOf(row))
    return toApiGroup(row, input.query)
  }

  serve(app, contract.getApiGroup, async (input) => {
    const row = await store.getApiGroup(db, input.params.workspace_id, input.params.apigroup_id)
    sendVersion(input, contentOf(row))
    return toApiGroup(row, input.query)
  })

  serve(
    app,
    contract.updateApiGroup,
    async (input) => toApiGroup(await change(input, input.body), input.query),
    async (input) => toApiGroup(await change(input, readDocument(input)), input.query),
  )

  serve(app, contract.updateApiGroupSecurity, async (input) =>
    toApiGroup(await change(input, input.body), { include_xanoscript: false }),
  )

  async function change(input: ChangeInput, fields: store.ApiGroupFields): Promise<store.ApiGroupRow> {
    const { was, row, changed } = await writeTransaction(db, async (trx) => {
      if (fields.guid !== undefined) await lockDefinitions(trx, input.params.workspace_id)
      const before = await store.holdApiGroup(trx, input.params.workspace_id, input.params.apigroup_id)
      await requireVersion(trx, input, targetOf(before), contentOf(before))
      return { was: contentOf(before), ...(await changeApiGroup(trx, before, fields, now())) }
    })
    input.trail.target = targetOf(row)
    input.trail.detail = { changed }
    Object.assign(input.trail, changedContent(was, contentOf(row)))
    sendVersion(input, contentOf(row))
    return row
  }

  serve(app, contract.deleteApiGroup, async (input) => {
    const { params, trail } = input
    await writeTransaction(db, async (trx) => {
      await lockDefinitions(trx, params.workspace_id)
      const row = await store.holdApiGroup(trx, params.workspace_id, params.apigroup_id)
      await requireVersion(trx, input, targetOf(row), contentOf(row))
      await followGuid(trx, row, null, now())
      await trx.deleteFrom('api_group').where('id', '=', row.id).execute()
      trail.target = targetOf(row)
      Object.assign(trail, changedContent(contentOf(row), null))
    })
    return null
  })
}
