import type { FastifyInstance } from 'fastify'

import {
  bulkCreateContent,
  createContent,
  deleteContent,
  getContent,
  listContent,
  searchContent,
  truncateContent,
  updateContent,
} from '#api/contract/content.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { pageRows } from '../../tables/rows/page-rows.ts'
import { findTablePlace, type TablePlace } from '../../tables/rows/table-place.ts'
import { createRows } from './create-rows.ts'
import { addRow, changeRow, removeRow, requireRow } from './one-row.ts'
import { searchRows } from './search-rows.ts'
import { truncateTable } from './truncate-table.ts'
import { withFreshDefinition } from './with-fresh-definition.ts'

interface Input {
  params: { workspace_id: number; table_id: number }
  dataSource: string
}

const rowTarget = (place: TablePlace, id: unknown): Record<string, unknown> => ({
  kind: 'row',
  id,
  name: place.definition.name,
})
const tableTarget = ({ definition }: TablePlace): Record<string, unknown> => ({
  kind: 'table',
  id: definition.id,
  name: definition.name,
})

/** Rows of tables, in the data source that the request names. */
export function registerContent(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  const { db } = deps.connection
  const at = <Result>(input: Input, work: (place: TablePlace) => Promise<Result>): Promise<Result> =>
    withFreshDefinition(async () =>
      work(await findTablePlace(db, input.params.workspace_id, input.params.table_id, input.dataSource)),
    )

  serve(app, listContent, (input) =>
    at(input, ({ schema, definition }) =>
      pageRows(db, schema, definition, { page: input.query.page, perPage: input.query.per_page }),
    ),
  )

  serve(app, searchContent, (input) => at(input, (place) => searchRows(db, place, input.body, deps.now())))

  serve(app, getContent, (input) => at(input, (place) => requireRow(db, place, input.params.content_id)))

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
      const ids = await createRows(db, place, input.body, deps.now())
      input.trail.target = tableTarget(place)
      input.trail.detail = { rows: ids.length }
      return ids
    }),
  )

  serve(app, truncateContent, (input) =>
    at(input, async (place) => {
      await truncateTable(db, place, input.body.reset)
      input.trail.target = tableTarget(place)
      input.trail.detail = { reset: input.body.reset }
      return null
    }),
  )
}
