import type { FastifyInstance, FastifyRequest } from 'fastify'

import {
  bulkCreateContent,
  bulkDeleteContent,
  bulkPatchContent,
  type BulkResult,
  createContent,
  deleteContent,
  getContent,
  listContent,
  searchContent,
  searchDeleteContent,
  searchPatchContent,
  truncateContent,
  updateContent,
} from '#api/contract/content.ts'

import type { Deps } from '../../deps.ts'
import { serve, type Trail } from '../../route.ts'
import { pageRows } from '../../tables/rows/page-rows.ts'
import { createPlaceFinder, type PlaceKey, type TablePlace } from '../../tables/rows/table-place.ts'
import { patchRows, removeRows } from './bulk-rows.ts'
import { createRows } from './create-rows.ts'
import { patchFoundRows, removeFoundRows } from './found-rows.ts'
import { addRow, changeRow, removeRow, requireRow } from './one-row.ts'
import { searchRows } from './search-rows.ts'
import { truncateTable } from './truncate-table.ts'
import { withFreshDefinition } from './with-fresh-definition.ts'

interface Input {
  request: FastifyRequest
  params: { workspace_id: number; table_id: number }
  dataSource: string
}

const keyOf = ({ params, dataSource }: Input): PlaceKey => ({
  workspaceId: params.workspace_id,
  tableId: params.table_id,
  dataSource,
})
const rowTarget = (place: TablePlace, id: unknown): Record<string, unknown> => ({
  kind: 'row',
  id,
  name: place.definition.name,
})
/** Not the table itself: a write of rows is no change of its definition. */
const rowsTarget = ({ definition }: TablePlace): Record<string, unknown> => ({
  kind: 'rows',
  id: definition.id,
  name: definition.name,
})

/** Rows of tables, in the data source that the request names. */
export function registerContent(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { pool, db } = deps.connection
  const findPlace = createPlaceFinder(deps.connection)
  const at = <Result>(input: Input, work: (place: TablePlace) => Promise<Result>): Promise<Result> =>
    withFreshDefinition(async () => work(await findPlace(keyOf(input))))
  // A read begins with the version of the table that was seen a moment ago, when the token was looked up.
  const read = <Result>(input: Input, work: (place: TablePlace) => Promise<Result>): Promise<Result> =>
    withFreshDefinition(async (attempt) =>
      work(await findPlace(keyOf(input), attempt === 1 ? input.request.tableVersion : null)),
    )

  serve(app, listContent, (input) =>
    read(input, (place) => pageRows(pool, place, { page: input.query.page, perPage: input.query.per_page })),
  )

  serve(app, searchContent, (input) => read(input, (place) => searchRows(pool, place, input.body, deps.now())))

  serve(app, getContent, (input) => read(input, (place) => requireRow(db, place, input.params.content_id)))

  serve(app, createContent, (input) =>
    at(input, async (place) => {
      const row = await addRow(db, place, input.body, deps.now())
      input.trail.target = rowTarget(place, row['id'])
      return row
    }),
  )

  serve(app, updateContent, (input) =>
    at(input, async (place) => {
      const row = await changeRow(db, place, input.params.content_id, input.body, deps.now())
      input.trail.target = rowTarget(place, row['id'])
      return row
    }),
  )

  serve(app, deleteContent, (input) =>
    at(input, async (place) => {
      await removeRow(db, place, input.params.content_id)
      input.trail.target = rowTarget(place, input.params.content_id)
      return null
    }),
  )

  serve(app, bulkCreateContent, (input) =>
    at(input, async (place) => {
      const ids = await createRows(deps.connection, place, input.body, deps.now())
      input.trail.target = rowsTarget(place)
      input.trail.detail = { rows: ids.length }
      return ids
    }),
  )

  const many = (
    input: Input & { trail: Trail },
    work: (place: TablePlace) => Promise<BulkResult>,
  ): Promise<BulkResult> =>
    at(input, async (place) => {
      const result = await work(place)
      input.trail.target = rowsTarget(place)
      input.trail.detail = { rows: result.success_total }
      return result
    })
  serve(app, bulkPatchContent, (input) => many(input, (place) => patchRows(db, place, input.body, deps.now())))
  serve(app, bulkDeleteContent, (input) => many(input, (place) => removeRows(db, place, input.body)))
  serve(app, searchPatchContent, (input) => many(input, (place) => patchFoundRows(db, place, input.body, deps.now())))
  serve(app, searchDeleteContent, (input) => many(input, (place) => removeFoundRows(db, place, input.body, deps.now())))

  serve(app, truncateContent, (input) =>
    at(input, async (place) => {
      await truncateTable(db, place, input.body.reset)
      input.trail.target = rowsTarget(place)
      input.trail.detail = { reset: input.body.reset }
      return null
    }),
  )
}
