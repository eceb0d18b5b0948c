import type { FastifyInstance } from 'fastify'

import {
  createTable,
  deleteTable,
  getTable,
  listTables,
  type Table,
  updateTable,
  updateTableAutocomplete,
  updateTableMeta,
  updateTableSecurity,
} from '#api/contract/tables.ts'

import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { listTableNames } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { changed } from '../../trail.ts'
import { sendVersion } from '../../versions.ts'
import { changeDefinitions, type DefinitionChange } from './change-definitions.ts'
import { changeTable, openTable, readTable } from './change-table.ts'
import { createTable as create } from './create-table.ts'
import { deleteTable as drop } from './delete-table.ts'
import { registerIndexes } from './index-routes.ts'
import { listTables as list } from './list-tables.ts'
import { targetOf, toTable, toTableWithText, versionOf } from './present.ts'
import { createFromDocument, updateFromDocument } from './read-document.ts'
import { registerSchema } from './schema-routes.ts'
import { tieToApiGroup } from './tie-to-api-group.ts'
import { applyChanges, toChanges } from './update-table.ts'

/** Tables of a workspace, their columns and indexes. */
export function registerTables(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  const answer = async (table: TableDefinition, { include_xanoscript: withText }: { include_xanoscript: boolean }) =>
    withText ? toTableWithText(table, await listTableNames(db, table.workspaceId)) : toTable(table)

  const add = async (
    input: Omit<HandlerInput<typeof createTable>, 'body'>,
    work: (change: DefinitionChange) => Promise<TableDefinition>,
  ): Promise<Table> => {
    const { params, query, trail } = input
    if (query.branch !== '') await readBranch(db, params.workspace_id, query.branch)
    const table = await changeDefinitions(db, params.workspace_id, deps.now(), work)
    trail.target = targetOf(table)
    Object.assign(trail, changed(null, versionOf(table)))
    sendVersion(input, versionOf(table))
    return answer(table, query)
  }

  serve(app, listTables, ({ params, query }) => list(db, params.workspace_id, query))

  serve(
    app,
    createTable,
    (input) => add(input, (change) => create(change, input.body)),
    (input) => add(input, (change) => createFromDocument(change, input.xanoscript)),
  )

  serve(app, getTable, async (input) => answer(await readTable(db, input), input.query))

  serve(
    app,
    updateTable,
    async (input) => {
      input.trail.detail = { changed: Object.keys(input.body) }
      const changes = toChanges(input.body)
      const table = await changeTable(db, input, deps.now(), (change, before) => applyChanges(change, before, changes))
      return answer(table, input.query)
    },
    async (input) => {
      const table = await changeTable(db, input, deps.now(), (change, before) =>
        updateFromDocument(change, before, input.xanoscript),
      )
      return answer(table, input.query)
    },
  )

  serve(app, deleteTable, async (input) => {
    await changeDefinitions(db, input.params.workspace_id, deps.now(), async (change) => {
      const table = await openTable(change, input, input.params.table_id)
      await drop(change, table)
      Object.assign(input.trail, changed(versionOf(table), null))
    })
    return null
  })

  registerSettings(app, deps)
  registerSchema(app, deps)
  registerIndexes(app, deps)
}

/** Parts of a table that have an operation of their own. */
function registerSettings(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  serve(app, updateTableMeta, async (input) => {
    input.trail.detail = { changed: Object.keys(input.body) }
    const changes = toChanges(input.body)
    await changeTable(db, input, deps.now(), (change, before) => applyChanges(change, before, changes))
    return null
  })

  serve(app, updateTableAutocomplete, async (input) => {
    const changes = toChanges(input.body)
    const { id, autocomplete } = await changeTable(db, input, deps.now(), (change, before) =>
      applyChanges(change, before, changes),
    )
    return { id, autocomplete }
  })

  serve(app, updateTableSecurity, async (input) => {
    const table = await changeTable(db, input, deps.now(), (change, before) =>
      tieToApiGroup(change, before, input.body.guid),
    )
    return toTable(table)
  })
}
