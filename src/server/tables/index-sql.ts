import { type RawBuilder, sql } from 'kysely'

import type { Index } from '#api/contract/columns.ts'

import type { TableDefinition } from './definition.ts'
import { indexName } from './object-names.ts'

/** Languages of a search index: text search configurations that every PostgreSQL brings along. */
export const SEARCH_LANGUAGES: readonly string[] = [
  'simple',
  'arabic',
  'danish',
  'dutch',
  'english',
  'finnish',
  'french',
  'german',
  'hungarian',
  'indonesian',
  'irish',
  'italian',
  'lithuanian',
  'nepali',
  'norwegian',
  'portuguese',
  'romanian',
  'russian',
  'spanish',
  'swedish',
  'tamil',
  'turkish',
]

const WEIGHTS = ['A', 'B', 'C', 'D']

/** Priority 1 weighs most (A); from 4 on everything weighs D. The query language says A to D itself. */
function weightOf(field: Index['fields'][number]): string {
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

/** `create index …` for one index of the definition. */
export function indexSql(schema: string, definition: TableDefinition, index: Index): RawBuilder<unknown> {
  const name = sql.id(indexName(definition, index))
  const table = sql.id(schema, definition.name)
  if (index.type === 'search') return sql`create index ${name} on ${table} using gin (${searchVector(index)})`
  const fields = index.fields.map(
    (field) => sql`${sql.id(field.name)} ${sql.raw(field.op === 'desc' ? 'desc' : 'asc')}`,
  )
  return sql`create ${sql.raw(index.type === 'unique' ? 'unique' : '')} index ${name} on ${table} using btree (${sql.join(fields)})`
}
