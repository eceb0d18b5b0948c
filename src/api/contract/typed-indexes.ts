import { z } from 'zod'

import { SEARCH_LANGUAGES, SPATIAL_OP, VECTOR_OPS } from './columns.ts'
import { endpoint } from './endpoint.ts'
import { list } from './list.ts'
import { IndexId, TableParams } from './tables.ts'

/** One route per kind of index. */
function addIndexOf<Body extends z.ZodType>(kind: string, summary: string, body: Body) {
  return endpoint({
    id: `indexAdd${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    summary,
    method: 'POST',
    path: `/api:meta/workspace/{workspace_id}/table/{table_id}/index/${kind}`,
    scope: 'workspace:database:create',
    changes: ['tables'],
    params: TableParams,
    body,
    reply: IndexId,
  })
}

function fieldsOf<Field extends z.ZodRawShape>(field: Field) {
  return list(z.strictObject({ name: z.string().min(1), ...field })).min(1, 'An index needs a column')
}

const Sorted = z.strictObject({ fields: fieldsOf({ op: z.enum(['asc', 'desc']) }) })

/** The routes that add an index of one kind, by the last word of their path. Bodies as in the OpenAPI file. */
export const ADD_INDEX = {
  btree: addIndexOf('btree', 'Add a plain index', Sorted),
  unique: addIndexOf('unique', 'Add a unique index', Sorted),
  spatial: addIndexOf(
    'spatial',
    'Add an index of places',
    z.strictObject({ fields: fieldsOf({ op: z.literal(SPATIAL_OP) }) }),
  ),
  search: addIndexOf(
    'search',
    'Add a full-text index',
    z.strictObject({
      name: z.string(),
      lang: z.enum(SEARCH_LANGUAGES),
      fields: fieldsOf({ priority: z.number().int() }),
    }),
  ),
  vector: addIndexOf(
    'vector',
    'Add an index of vectors',
    z.strictObject({ fields: fieldsOf({ op: z.enum(VECTOR_OPS) }) }),
  ),
}

export type AddedIndexKind = keyof typeof ADD_INDEX
