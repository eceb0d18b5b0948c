import type { FastifyInstance } from 'fastify'

import type { Index } from '#api/contract/columns.ts'
import { addIndex, deleteIndex, listIndexes, replaceIndexes } from '#api/contract/tables.ts'
import { ADD_INDEX, type AddedIndexKind } from '#api/contract/typed-indexes.ts'

import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { newIndexId } from '../../tables/normal-definition.ts'
import { withTypeInPath } from './change-definitions.ts'
import { addIndex as add, deleteIndex as drop } from './change-indexes.ts'
import { changeTable, readTable } from './change-table.ts'
import { toIndexes } from './present.ts'
import { applyChanges } from './update-table.ts'

type AddInput = Parameters<typeof changeTable>[1]

/** Indexes of a table. Every read and write answers the version of the whole table. */
export function registerIndexes(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  const addTo = async (input: AddInput, index: Index): Promise<{ id: string }> => {
    const id = newIndexId()
    input.trail.detail = { index: id, type: index.type }
    await changeTable(db, input, deps.now(), (change, definition) => add(change, definition, { ...index, id }))
    return { id }
  }

  serve(app, listIndexes, async (input) => toIndexes(await readTable(db, input)))

  serve(app, replaceIndexes, async (input) => {
    await changeTable(db, input, deps.now(), (change, definition) =>
      applyChanges(change, definition, { indexes: input.body.index }),
    )
    return null
  })

  serve(app, addIndex, (input) => addTo(input, input.body))

  // Their bodies differ and are parsed by the endpoints; what is done with them is the same.
  for (const [type, endpoint] of Object.entries(ADD_INDEX) as [AddedIndexKind, typeof ADD_INDEX.btree][]) {
    serve(app, endpoint, (input: HandlerInput<typeof ADD_INDEX.btree>) =>
      withTypeInPath(null, () => addTo(input, { ...input.body, type })),
    )
  }

  serve(app, deleteIndex, async (input) => {
    input.trail.detail = { index: input.params.index_id }
    await changeTable(db, input, deps.now(), (change, definition) => drop(change, definition, input.params.index_id))
    return null
  })
}
