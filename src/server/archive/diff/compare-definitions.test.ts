import { describe, expect, it } from 'vitest'

import type { Column, Index } from '#api/contract/columns.ts'

import type { TableDefinition } from '../../tables/definition.ts'
import { normalColumns, normalIndexes } from '../../tables/normal-definition.ts'
import { compareDefinitions } from './compare-definitions.ts'

const ID: Column = { name: 'id', type: 'int' }
const TABLES = new Map([
  [1, 'users'],
  [2, 'people'],
])
const NAMES = {
  archived: (id: number) => TABLES.get(id) ?? null,
  live: (id: number) => TABLES.get(id) ?? null,
}

type Changes = Partial<Omit<TableDefinition, 'columns' | 'indexes'>> & { columns?: Column[]; indexes?: Index[] }

const BARE = {
  id: 1,
  workspaceId: 1,
  name: 'orders',
  description: '',
  docs: '',
  auth: false,
  guid: 'g',
  tag: [],
  autocomplete: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
}

function tableOf({ columns = [], indexes = [], ...rest }: Changes) {
  return {
    ...BARE,
    ...rest,
    columns: normalColumns([ID, ...columns]),
    indexes: normalIndexes(indexes),
  }
}

/** What, name, effect and words of each difference. */
function wordsFor(archived: Changes, live: Changes): string[] {
  return compareDefinitions({ ...tableOf(archived), apiGroupGuid: null }, tableOf(live), NAMES).map(
    ({ what, name, effect, detail }) => `${what} ${name} ${effect}: ${detail}`,
  )
}

describe('differences of a table in words', () => {
  it('there are none between a table and itself', () => {
    const table: Changes = {
      columns: [
        { name: 'o', type: 'object', children: [{ name: 'inner', type: 'text' }] },
        { name: 'user_id', type: 'int', tableref_id: 1 },
      ],
      indexes: [{ type: 'unique', fields: [{ name: 'user_id' }] }],
    }
    expect(wordsFor(table, table)).toEqual([])
  })

  it.each<[string, Partial<Column>, Partial<Column>]>([
    ['text → int', { type: 'int' }, { type: 'text' }],
    ['text → text[]', { style: 'list' }, {}],
    ['now required', { required: true }, {}],
    ['no longer required', {}, { required: true }],
    ['now nullable', { nullable: true }, {}],
    ['default 0 → 1', { type: 'int', default: '1' }, { type: 'int', default: '0' }],
    ['default none → x', { default: 'x' }, {}],
    ['access public → private', { access: 'private' }, {}],
    ['now sensitive', { sensitive: true }, {}],
    ['values a, b → a', { type: 'enum', values: ['a'] }, { type: 'enum', values: ['a', 'b'] }],
    ['filters changed', { filters: { trim: true } }, {}],
    ['description changed', { description: 'New' }, {}],
    ['vector(3) → vector(4)', { type: 'vector', vector: { size: 4 } }, { type: 'vector' }],
    ['text → int, now required', { type: 'int', required: true, default: null }, { type: 'text' }],
  ])('of a column: %s', (words, archived, live) => {
    const base: Column = { name: 'x', type: 'text' }
    expect(wordsFor({ columns: [{ ...base, ...archived }] }, { columns: [{ ...base, ...live }] })).toContain(
      `column x changed: ${words}`,
    )
  })

  it('of fields inside an object', () => {
    const object = (type: Column['type']): Changes => ({
      columns: [{ name: 'o', type: 'object', children: [{ name: 'inner', type }] }],
    })
    expect(wordsFor(object('text'), object('int'))).toEqual(['column o changed: inner fields changed'])
  })

  it('a column that was renamed is told as one that goes and one that comes', () => {
    const columns = (name: string): Changes => ({ columns: [{ name, type: 'text', required: true }] })
    expect(wordsFor(columns('name'), columns('title'))).toEqual([
      'column title removed: text, required',
      'column name added: text, required',
    ])
  })

  it('references are told by the names of the tables', () => {
    const refers = (to: number | null): Changes => ({
      columns: [{ name: 'user_id', type: 'int', tableref_id: to, nullable: true }],
    })
    expect(wordsFor(refers(1), refers(2))).toEqual(['reference user_id changed: refers to people → users'])
    expect(wordsFor(refers(1), refers(null))).toEqual(['reference user_id added: refers to users'])
    expect(wordsFor(refers(null), refers(1))).toEqual(['reference user_id removed: refers to users'])
  })

  it('indexes are told by what they index; ids do not matter', () => {
    const columns: Column[] = [{ name: 'x', type: 'text' }]
    const index = (type: Index['type'], id?: string): Changes => ({
      columns,
      indexes: [{ type, fields: [{ name: 'x', op: 'desc' }], ...(id === undefined ? {} : { id }) }],
    })
    expect(wordsFor(index('btree', 'aaaaaaaa'), index('btree', 'bbbbbbbb'))).toEqual([])
    expect(wordsFor(index('unique'), index('btree'))).toEqual([
      'index btree (x desc) removed: btree (x desc)',
      'index unique (x desc) added: unique (x desc)',
    ])
  })

  it('settings and the order of columns are told', () => {
    const [x, y]: Column[] = [
      { name: 'x', type: 'text' },
      { name: 'y', type: 'text' },
    ]
    if (x === undefined || y === undefined) throw new Error('no columns')
    expect(wordsFor({ columns: [x, y], auth: true, tag: ['a'], name: 'order' }, { columns: [y, x] })).toEqual([
      'setting order of columns changed: id, y, x → id, x, y',
      'setting name changed: orders → order',
      'setting authentication changed: now used to sign in',
      'setting tags changed: none → a',
    ])
  })
})
