import type { FastifyInstance } from 'fastify'

import { createTable, deleteTable, getTable, listTables, updateTable } from '#api/contract/tables.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getDefinition } from '../../tables/definition-store.ts'
import { changeDefinitions, findTable } from './change-definitions.ts'
import { createTable as create } from './create-table.ts'
import { deleteTable as drop } from './delete-table.ts'
import { registerIndexes } from './index-routes.ts'
import { listTables as list } from './list-tables.ts'
import { toTable } from './present.ts'
import { registerSchema } from './schema-routes.ts'
import { targetOf } from './target.ts'
import { applyChanges, toChanges } from './update-table.ts'

/** Tables of a workspace, their columns and indexes. */
export function registerTables(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  serve(app, listTables, ({ params, query }) => list(db, params.workspace_id, query))

  serve(app, createTable, async ({ params, body, trail }) => {
    const table = await changeDefinitions(db, params.workspace_id, deps.now(), (change) => create(change, body))
    trail.target = targetOf(table)
    return toTable(table)
  })

  serve(app, getTable, async ({ params }) => toTable(await getDefinition(db, params.workspace_id, params.table_id)))

  serve(app, updateTable, async ({ params, body, trail }) => {
    const table = await changeDefinitions(db, params.workspace_id, deps.now(), (change) =>
      applyChanges(change, findTable(change, params.table_id), toChanges(body)),
    )
    trail.target = targetOf(table)
    return toTable(table)
  })

  serve(app, deleteTable, async ({ params, trail }) => {
    await changeDefinitions(db, params.workspace_id, deps.now(), async (change) => {
      const definition = findTable(change, params.table_id)
      trail.target = targetOf(definition)
      await drop(change, definition)
    })
    return null
  })

  registerSchema(app, deps)
  registerIndexes(app, deps)
}
