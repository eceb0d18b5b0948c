import type { FastifyInstance } from 'fastify'

import {
  addColumn,
  addTypedColumn,
  deleteColumn,
  getColumn,
  getSchema,
  renameColumn,
  replaceSchema,
} from '#api/contract/tables.ts'

import type { Deps } from '../../deps.ts'
import { serve, type Trail } from '../../route.ts'
import { getDefinition } from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import {
  addColumn as add,
  deleteColumn as drop,
  findColumn,
  renameColumn as rename,
  toTypedColumn,
} from './change-columns.ts'
import { changeDefinitions, type DefinitionChange, findTable } from './change-definitions.ts'
import { toColumn } from './present.ts'
import { targetOf } from './target.ts'
import { applyChanges } from './update-table.ts'

interface Input {
  params: { workspace_id: number; table_id: number }
  trail: Trail
}

/** Columns of a table. */
export function registerSchema(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection
  const changeTable = async (
    { params, trail }: Input,
    work: (change: DefinitionChange, definition: TableDefinition) => Promise<unknown>,
  ): Promise<void> =>
    changeDefinitions(db, params.workspace_id, deps.now(), async (change) => {
      const definition = findTable(change, params.table_id)
      trail.target = targetOf(definition)
      await work(change, definition)
    })

  serve(app, getSchema, async ({ params }) => {
    const definition = await getDefinition(db, params.workspace_id, params.table_id)
    return definition.columns.map(toColumn)
  })

  serve(app, replaceSchema, async (input) => {
    await changeTable(input, (change, definition) => applyChanges(change, definition, { columns: input.body.schema }))
    return null
  })

  serve(app, addColumn, async (input) => {
    input.trail.detail = { column: input.body.name }
    await changeTable(input, (change, definition) => add(change, definition, input.body))
    return { name: input.body.name }
  })

  serve(app, addTypedColumn, async (input) => {
    const column = toTypedColumn(input.params.type, input.body)
    input.trail.detail = { column: column.name }
    await changeTable(input, (change, definition) => add(change, definition, column))
    return { name: column.name }
  })

  serve(app, renameColumn, async (input) => {
    const names = { oldName: input.body.old_name, newName: input.body.new_name }
    input.trail.detail = { column: names.oldName, newName: names.newName }
    await changeTable(input, (change, definition) => rename(change, definition, names))
    return null
  })

  serve(app, getColumn, async ({ params }) => {
    const definition = await getDefinition(db, params.workspace_id, params.table_id)
    return toColumn(findColumn(definition, params.schema_name))
  })

  serve(app, deleteColumn, async (input) => {
    input.trail.detail = { column: input.params.schema_name }
    await changeTable(input, (change, definition) => drop(change, definition, input.params.schema_name))
    return null
  })
}
