import type { FastifyInstance } from 'fastify'

import type { Index } from '#api/contract/columns.ts'
import { addIndex, addTypedIndex, deleteIndex, listIndexes, replaceIndexes } from '#api/contract/tables.ts'

import type { Deps } from '../../deps.ts'
import { serve, type Trail } from '../../route.ts'
import { getDefinition } from '../../tables/definition-store.ts'
import { changeDefinitions, findTable } from './change-definitions.ts'
import { addIndex as add, deleteIndex as drop } from './change-indexes.ts'
import { toIndexes } from './present.ts'
import { targetOf } from './target.ts'
import { applyChanges } from './update-table.ts'

interface Input {
  params: { workspace_id: number; table_id: number }
  trail: Trail
}

/** Indexes of a table. */
export function registerIndexes(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection

  const addTo = async ({ params, trail }: Input, index: Index): Promise<{ id: string }> => {
    const added = await changeDefinitions(db, params.workspace_id, deps.now(), (change) =>
      add(change, findTable(change, params.table_id), index),
    )
    trail.target = targetOf(added.definition)
    trail.detail = { index: added.id, type: index.type }
    return { id: added.id }
  }

  serve(app, listIndexes, async ({ params }) =>
    toIndexes(await getDefinition(db, params.workspace_id, params.table_id)),
  )

  serve(app, replaceIndexes, async ({ params, body, trail }) => {
    const definition = await changeDefinitions(db, params.workspace_id, deps.now(), (change) =>
      applyChanges(change, findTable(change, params.table_id), { indexes: body.index }),
    )
    trail.target = targetOf(definition)
    return null
  })

  serve(app, addIndex, (input) => addTo(input, input.body))

  serve(app, addTypedIndex, (input) => addTo(input, { ...input.body, type: input.params.kind }))

  serve(app, deleteIndex, async ({ params, trail }) => {
    const definition = await changeDefinitions(db, params.workspace_id, deps.now(), (change) =>
      drop(change, findTable(change, params.table_id), params.index_id),
    )
    trail.target = targetOf(definition)
    trail.detail = { index: params.index_id }
    return null
  })
}
