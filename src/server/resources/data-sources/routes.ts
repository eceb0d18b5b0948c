import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/workspaces.ts'

import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { requireVersion, sendVersion, type VersionTarget } from '../../versions.ts'
import { changeDefinitions, type DefinitionChange } from '../tables/change-definitions.ts'
import { getWorkspace } from '../workspaces/store.ts'
import * as store from './store.ts'

type WriteInput = Pick<HandlerInput<typeof contract.deleteDataSource>, 'params' | 'request' | 'trail'>

/** Data sources of a workspace. */
export function registerDataSources(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  /** Runs a write of one data source alone in its workspace, after comparing versions. */
  const changeDataSource = <Result>(
    input: WriteInput,
    work: (change: DefinitionChange, row: store.DataSourceRow) => Promise<Result>,
  ): Promise<Result> =>
    changeDefinitions(db, input.params.workspace_id, now(), async (change) => {
      const row = await store.lockDataSource(change.trx, change.workspaceId, input.params.label)
      const target = targetOf(row)
      await requireVersion(change.trx, input, target, store.toDataSource(row))
      input.trail.target = { ...target, name: row.label }
      return work(change, row)
    })

  serve(app, contract.listDataSources, async ({ params }) => {
    await getWorkspace(db, params.workspace_id)
    return store.listDataSources(db, params.workspace_id)
  })

  serve(app, contract.createDataSource, (input) =>
    changeDefinitions(db, input.params.workspace_id, now(), async (change) => {
      const row = await store.insertDataSource(change, input.body)
      input.trail.target = { ...targetOf(row), name: row.label }
      sendVersion(input, store.toDataSource(row))
      return store.toDataSource(row)
    }),
  )

  serve(app, contract.updateDataSource, (input) =>
    changeDataSource(input, async (change, before) => {
      const after = await store.updateDataSource(change, before, input.body)
      input.trail.target = { ...targetOf(after), name: after.label }
      input.trail.detail = { changed: Object.keys(input.body), before: before.label }
      sendVersion(input, store.toDataSource(after))
      return store.toDataSource(after)
    }),
  )

  serve(app, contract.deleteDataSource, (input) =>
    changeDataSource(input, async (change, row) => {
      await store.deleteDataSource(change, row)
      return null
    }),
  )
}

/** Data sources have no number: they are known by workspace and label. */
function targetOf({ workspace_id: workspaceId, label }: store.DataSourceRow): VersionTarget {
  return { kind: 'data_source', id: `${workspaceId}/${label}` }
}
