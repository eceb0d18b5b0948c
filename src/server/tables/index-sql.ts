import { type RawBuilder, sql } from 'kysely'

import { type Index, SEARCH_LANGUAGES } from '#api/contract/columns.ts'

import { OWN_SCHEMA } from '../db/connection.ts'
import { isStoredAsJson, VECTOR_SIZE_DEFAULT } from './column-type.ts'
import type { TableDefinition } from './definition.ts'
import { GEO_FUNCTION } from './extensions.ts'
import { indexName } from './object-names.ts'

type Field = Index['fields'][number]
type Indexed = Pick<TableDefinition, 'id' | 'name' | 'columns'>

/** Weights of the columns of a search index, the heaviest first. */
export const WEIGHTS = ['A', 'B', 'C', 'D']

/**
 * The weight of a field of a search index. Priority 1 weighs most (A); from 4 on everything weighs D. XanoScript says A
 * to D itself.
 */
export function weightOf(field: Field): string {
  if (field.op !== undefined && WEIGHTS.includes(field.op)) return field.op
  return WEIGHTS[Math.min(Math.max(field.priority ?? 1, 1), WEIGHTS.length) - 1] ?? 'D'
}

function searchVector(index: Index): RawBuilder<unknown> {
  const language = SEARCH_LANGUAGES.find((known) => known === index.lang) ?? 'simple'
  const parts = index.fields.map(
    (field) =>
      sql`setweight(to_tsvector(${sql.lit(language)}::regconfig, coalesce(${sql.id(field.name)}, '')), ${sql.lit(weightOf(field))})`,
  )
  return sql`(${sql.join(parts, sql` || `)})`
}

/** JSON is found by what it contains (`@>`) unless `jsonb_ops` is asked for; lists by their items. */
function ginField(definition: Indexed, field: Field): RawBuilder<unknown> {
  const column = definition.columns.find((candidate) => candidate.name === field.name)
  const isJson = column !== undefined && isStoredAsJson(column)
  return sql`${sql.id(field.name)} ${sql.id(isJson ? (field.op ?? 'jsonb_path_ops') : 'array_ops')}`
}

/** Places lie in JSON: the index is on the shapes that they stand for. */
function spatialField(field: Field, extension: string): RawBuilder<unknown> {
  return sql`${sql.id(OWN_SCHEMA, GEO_FUNCTION)}(${sql.id(field.name)}) ${sql.id(extension, field.op ?? '')}`
}

/** Vectors lie in arrays: the index is on the vector that the array is when cast, whose size must be said. */
function vectorField(definition: Indexed, field: Field, extension: string): RawBuilder<unknown> {
  const column = definition.columns.find((candidate) => candidate.name === field.name)
  const size = sql.lit(column?.vector?.size ?? VECTOR_SIZE_DEFAULT)
  return sql`(${sql.id(field.name)}::${sql.id(extension, 'vector')}(${size})) ${sql.id(extension, field.op ?? '')}`
}

/** `using btree ("price" desc)`: the method of a kind and what it is on. */
function methodSql(definition: Indexed, index: Index, extension: string): RawBuilder<unknown> {
  const { fields } = index
  switch (index.type) {
    case 'search':
      return sql`gin (${searchVector(index)})`
    case 'gin':
      return sql`gin (${sql.join(fields.map((field) => ginField(definition, field)))})`
    case 'spatial':
      return sql`gist (${sql.join(fields.map((field) => spatialField(field, extension)))})`
    case 'vector':
      return sql`hnsw (${sql.join(fields.map((field) => vectorField(definition, field, extension)))})`
    case 'primary':
    case 'btree':
    case 'unique': {
      const sorted = fields.map(({ name, op }) => sql`${sql.id(name)} ${sql.raw(op === 'desc' ? 'desc' : 'asc')}`)
      return sql`btree (${sql.join(sorted)})`
    }
  }
}

/**
 * `create index …` for one index of the definition. `extension` is the schema of the extension that its kind needs
 * (`extensions.ts`); other kinds do without.
 */
export function indexSql(schema: string, definition: Indexed, index: Index, extension = ''): RawBuilder<unknown> {
  return sql`create ${sql.raw(index.type === 'unique' ? 'unique' : '')} index ${sql.id(indexName(definition, index))}
    on ${sql.id(schema, definition.name)} using ${methodSql(definition, index, extension)}`
}
