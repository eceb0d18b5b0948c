import type { FastifyInstance } from 'fastify'

import { addColumn, deleteColumn, getColumn, getSchema, renameColumn, replaceSchema } from '#api/contract/tables.ts'
import { ADD_COLUMN, type AddedColumnType } from '#api/contract/typed-columns.ts'

import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import {
  addColumn as add,
  deleteColumn as drop,
  findColumn,
  REFERENCE_TYPES,
  renameColumn as rename,
  toTypedColumn,
} from './change-columns.ts'
import { withTypeInPath } from './change-definitions.ts'
import { changeTable, readTable } from './change-table.ts'
import { toColumn } from './present.ts'
import { applyChanges } from './update-table.ts'

/** Columns of a table. Every read and write answers the version of the whole table. */
export function registerSchema(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  serve(app, getSchema, async (input) => (await readTable(db, input)).columns.map(toColumn))

  serve(app, replaceSchema, async (input) => {
    await changeTable(db, input, deps.now(), (change, definition) =>
      applyChanges(change, definition, { columns: input.body.schema }),
    )
    return null
  })

  serve(app, addColumn, async (input) => {
    input.trail.detail = { column: input.body.name }
    await changeTable(db, input, deps.now(), (change, definition) => add(change, definition, input.body))
    return { name: input.body.name }
  })

  // Their bodies differ and are parsed by the endpoints; what is done with them is the same.
  for (const [type, endpoint] of Object.entries(ADD_COLUMN) as [AddedColumnType, typeof ADD_COLUMN.text][]) {
    serve(app, endpoint, async (input: HandlerInput<typeof ADD_COLUMN.text>) => {
      const column = toTypedColumn(type, input.body)
      input.trail.detail = { column: column.name }
      await withTypeInPath(REFERENCE_TYPES[type] === undefined ? 'type' : 'tableref_id', () =>
        changeTable(db, input, deps.now(), (change, definition) => add(change, definition, column)),
      )
      return { name: column.name }
    })
  }

  serve(app, renameColumn, async (input) => {
    const names = { oldName: input.body.old_name, newName: input.body.new_name }
    input.trail.detail = { column: names.oldName, newName: names.newName }
    await changeTable(db, input, deps.now(), (change, definition) => rename(change, definition, names))
    return null
  })

  serve(app, getColumn, async (input) => toColumn(findColumn(await readTable(db, input), input.params.schema_name)))

  serve(app, deleteColumn, async (input) => {
    input.trail.detail = { column: input.params.schema_name }
    await changeTable(db, input, deps.now(), (change, definition) => drop(change, definition, input.params.schema_name))
    return null
  })
}
