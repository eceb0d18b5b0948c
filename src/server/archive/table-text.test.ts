import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Column, COLUMN_TYPES, Index } from '#api/contract/columns.ts'
import { parseTable } from '#xanoscript/table-document.ts'

import { normalColumns, normalIndexes } from '../tables/normal-definition.ts'
import { editedTable } from './edited-table.ts'
import { printDefinition, printTableText, type ReadDefinition, readDefinition } from './table-text.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const name = fc.oneof(
  fc.constantFrom('a', 'b c', 'ü', 'schema'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
)
const filters = fc.option(
  fc.record(
    {
      trim: fc.boolean(),
      min: fc.nat(),
      startsWith: text,
      prevent: text,
      pattern: text,
      minDigit: fc.nat(),
      order: fc.array(
        fc.oneof(
          fc.constantFrom('trim' as const, 'min' as const, 'pattern' as const),
          fc.record({ off: fc.constantFrom('min', 'pattern', '@'), args: fc.tuple(text) }),
        ),
        { maxLength: 4 },
      ),
    },
    { requiredKeys: [] },
  ),
)

const { column } = fc.letrec<{ column: Column }>((tie) => ({
  column: fc.record(
    {
      name,
      type: fc.constantFrom(...COLUMN_TYPES),
      description: text,
      nullable: fc.boolean(),
      default: fc.oneof(text, fc.integer(), fc.boolean(), fc.constantFrom('now', 'true', '0', '{"a": 1}', null)),
      required: fc.boolean(),
      access: fc.constantFrom('public' as const, 'private' as const, 'internal' as const),
      sensitive: fc.boolean(),
      style: fc.constantFrom('single' as const, 'list' as const),
      format: fc.constantFrom('' as const, 'markdown' as const, 'yaml' as const, null),
      tableref_id: fc.constantFrom(null, 1, 2),
      values: fc.array(text, { maxLength: 3 }),
      vector: fc.record({ size: fc.integer({ min: 1, max: 16_000 }) }),
      children: fc.uniqueArray(tie('column'), {
        maxLength: 2,
        selector: (one) => one.name.trim(),
        depthIdentifier: 'column',
      }),
      filters,
      list_size: fc.record({ min: fc.option(fc.nat(9)), max: fc.option(fc.nat(9)) }),
      view: fc.constantFrom('{a: {search: $db.t.a == 1}}', '{ "b c":{},}'),
    },
    { requiredKeys: ['name', 'type'] },
  ),
}))

const index = fc.record({
  type: fc.constantFrom(
    'btree' as const,
    'unique' as const,
    'search' as const,
    'gin' as const,
    'spatial' as const,
    'vector' as const,
  ),
  fields: fc.array(
    fc.record(
      {
        name: text.filter((one) => one !== ''),
        op: fc.constantFrom('asc', 'desc', 'A', 'D', 'jsonb_path_op'),
        priority: fc.nat(4),
      },
      { requiredKeys: ['name'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  name: text,
  lang: fc.constantFrom('simple', 'english'),
})

const definition: fc.Arbitrary<ReadDefinition> = fc.record({
  name: text,
  description: text,
  docs: text,
  auth: fc.boolean(),
  guid: text,
  tag: fc.array(text, { maxLength: 2 }),
  // Names are stored without blanks at their ends, and a lone dot is none.
  columns: fc
    .uniqueArray(column, { maxLength: 4, selector: (one) => one.name.trim() })
    .map((columns) => normalColumns(trimmed(columns))),
  indexes: fc.array(index, { maxLength: 2 }).map((indexes) => normalIndexes(indexes)),
  autocomplete: fc.array(fc.record({ name: text }), { maxLength: 1 }),
})

function trimmed(columns: readonly Column[]): Column[] {
  return columns.map((one) => ({
    ...one,
    name: ['', '.', '..'].includes(one.name.trim()) ? 'x' : one.name.trim(),
    ...(one.children === undefined ? {} : { children: trimmed(one.children) }),
  }))
}

const names = new Map([
  [1, 'first'],
  [2, 'Second "table"'],
])
const ids = new Map([...names].map(([id, table]) => [table.toLowerCase(), id]))

describe('a table as XanoScript and what that cannot hold', () => {
  it('read together give back every setting of every column and index', () => {
    fc.assert(
      fc.property(definition, (table) => {
        const printed = printDefinition(table, names)
        const settings = JSON.parse(JSON.stringify(printed.settings)) as typeof printed.settings
        expect(readDefinition(printed.text, table.docs, settings, ids)).toEqual(table)
      }),
      { numRuns: 300 },
    )
  })

  it('changes nothing when the text comes back unedited', () => {
    fc.assert(
      fc.property(definition, (table) => {
        const body = editedTable(parseTable(printTableText(table, names)), { names, ids }, table)
        expect(normalColumns(z.array(Column).parse(body['schema']))).toEqual(table.columns)
        expect(normalIndexes(z.array(Index).parse(body['index']))).toEqual(table.indexes)
      }),
      { numRuns: 300 },
    )
  })
})
