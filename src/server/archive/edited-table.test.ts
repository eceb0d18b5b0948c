import { expect, test } from 'vitest'

import type { Column, Index } from '#api/contract/columns.ts'
import { parseTable } from '#xanoscript/table-document.ts'

import { normalColumns, normalIndexes } from '../tables/normal-definition.ts'
import { editedTable } from './edited-table.ts'
import { printTableText, type ReadDefinition } from './table-text.ts'

const none = { names: new Map<number, string>(), ids: new Map<string, number>() }

function tableOf(columns: Column[], indexes: Index[] = []): ReadDefinition {
  return {
    name: 't',
    description: '',
    docs: '',
    auth: false,
    guid: 'g',
    tag: [],
    columns: normalColumns(columns),
    indexes: normalIndexes(indexes),
    autocomplete: [],
  }
}

function edit(table: ReadDefinition, change: (text: string) => string) {
  const text = printTableText(table, none.names)
  const edited = change(text)
  expect(edited).not.toBe(text)
  return editedTable(parseTable(edited), none, table)
}

test('what the language cannot say stays while the document says the same, and gives way to what it says anew', () => {
  const table = tableOf([{ name: 'a', type: 'text', format: 'html', filters: { trim: false, min: 2 } }])
  expect(edit(table, (text) => text.replace('text a?', 'text? a?'))).toMatchObject({
    schema: [{ nullable: true, format: 'html', filters: { trim: false, min: 2 } }],
  })
  expect(edit(table, (text) => text.replace('min:2', 'min:3'))).toMatchObject({
    schema: [{ format: 'html', filters: { min: 3 } }],
  })
})

test('a column of another type, or under another name, keeps nothing of the old one', () => {
  const table = tableOf([{ name: 'a', type: 'text', format: 'html' }])
  for (const [from, to] of [
    ['text a?', 'email a?'],
    ['text a?', 'text b?'],
  ] as const) {
    const { schema } = edit(table, (text) => text.replace(from, to))
    expect((schema as object[])[0]).not.toHaveProperty('format')
  }
})

test('an index keeps its id wherever it stands, and a changed one is a new one', () => {
  const table = tableOf(
    [{ name: 'a', type: 'text' }],
    [
      { type: 'btree', fields: [{ name: 'a', op: 'asc' }] },
      { type: 'search', fields: [{ name: 'a', priority: 2 }] },
    ],
  )
  const [btree, search] = table.indexes
  const body = edit(table, (text) =>
    text
      .replace(/( *\{type: "btree".*\n)( *\{type: "search".*\n)/, '$2$1')
      .replace('op: "asc"}]}\n  ]', 'op: "desc"}]}\n  ]'),
  )
  expect(body['index']).toMatchObject([{ id: search?.id, fields: [{ priority: 2 }] }, { type: 'btree' }])
  expect((body['index'] as Index[])[1]).not.toHaveProperty('id')
  expect(btree?.id).toBeDefined()
})

test('a document of a new table is taken as it stands', () => {
  expect(editedTable(parseTable('table t {\n  schema {\n    int id\n  }\n}'), none)).toEqual({
    name: 't',
    description: '',
    auth: false,
    tag: [],
    schema: [expect.objectContaining({ name: 'id', type: 'int' })],
    index: [],
  })
})
