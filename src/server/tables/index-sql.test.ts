import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { expect, test } from 'vitest'

import type { Index } from '#api/contract/columns.ts'

import { indexSql } from './index-sql.ts'
import { normalColumns, normalIndexes } from './normal-definition.ts'

const compiler = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const definition = {
  id: 4,
  name: 'the "table"',
  columns: normalColumns([
    { name: 'id', type: 'int' },
    { name: 'em"bed', type: 'vector', vector: { size: 1_536 } },
    { name: 'place', type: 'geo_point' },
  ]),
}

/** What follows the table's name. */
function using(index: Index, extension?: string): string {
  const [normal] = normalIndexes([index])
  if (normal === undefined) return ''
  const { sql, parameters } = indexSql('w1_live', definition, normal, extension).compile(compiler)
  expect(parameters).toEqual([])
  return sql.replace(/^.* using /s, '')
}

test.each(['vector_ip_ops', 'vector_cosine_ops', 'vector_l1_ops', 'vector_l2_ops'])(
  'a vector index is on the array as a vector of its size, with the operators asked for: %s',
  (op) => {
    expect(using({ type: 'vector', fields: [{ name: 'em"bed', op }] }, 'public')).toBe(
      `hnsw (("em""bed"::"public"."vector"(1536)) "public"."${op}")`,
    )
  },
)

test('a vector index compares by cosine where nothing is said', () => {
  expect(using({ type: 'vector', fields: [{ name: 'em"bed' }] }, 'ext')).toMatch(/"ext"\."vector_cosine_ops"\)$/)
})

test('names of extensions are said with the schema that they lie in', () => {
  expect(using({ type: 'spatial', fields: [{ name: 'place' }] }, 'my ext')).toBe(
    'gist ("metadeck"."geo_shape"("place") "my ext"."gist_geometry_ops_2d")',
  )
})
