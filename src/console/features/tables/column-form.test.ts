import { describe, expect, it } from 'vitest'

import { CreateTable } from '#api/contract/tables.ts'

import {
  COLUMN_START,
  ColumnForm,
  splitValues,
  TABLE_START,
  TableForm,
  toColumn,
  toCreateTable,
} from './column-form.ts'

const messages = (input: Partial<ColumnForm>): string[] =>
  ColumnForm.safeParse({ ...COLUMN_START, name: 'c', ...input }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? []

describe('the form of a column', () => {
  it('asks for what its type needs', () => {
    expect(messages({ type: 'enum' })).toEqual(['values: Give at least one value'])
    expect(messages({ type: 'vector' })).toEqual(['size: Give the number of dimensions'])
    expect(messages({ type: 'vector', size: 3 })).toEqual([])
    expect(messages({ type: 'int', isReference: true })).toEqual(['tableref_id: Choose a table'])
  })

  it('takes a default only if it fits the type', () => {
    expect(messages({ type: 'int', default: 'four' })).toEqual(['default: Give a whole number'])
    expect(messages({ type: 'enum', values: 'a, b', default: 'c' })).toEqual(['default: One of: a, b'])
    expect(messages({ type: 'timestamp', default: 'now' })).toEqual([])
    expect(messages({ type: 'text', default: 'now' })).toEqual([])
  })

  it('sends only what was chosen', () => {
    expect(toColumn({ ...COLUMN_START, name: ' a ', values: 'left, over', tableref_id: '4', size: 3 })).toEqual({
      name: 'a',
      type: 'text',
    })
    expect(
      toColumn({
        ...COLUMN_START,
        name: 'a',
        type: 'int',
        nullable: true,
        required: true,
        isReference: true,
        tableref_id: '4',
        style: 'list',
        default: '1',
      }),
    ).toEqual({
      name: 'a',
      type: 'int',
      nullable: true,
      required: true,
      style: 'list',
      default: '1',
      tableref_id: 4,
    })
    expect(toColumn({ ...COLUMN_START, name: 'v', type: 'vector', size: 8 })).toEqual({
      name: 'v',
      type: 'vector',
      vector: { size: 8 },
    })
  })

  it('splits values at commas and lines, each once', () => {
    expect(splitValues(' a, b\nc,, a ')).toEqual(['a', 'b', 'c'])
  })
})

describe('the form of a table', () => {
  it('starts as the server would make it, and is what the contract takes', () => {
    const table = toCreateTable(TableForm.parse({ ...TABLE_START, name: 'orders' }))
    expect(table.schema).toEqual([
      { name: 'id', type: 'int' },
      { name: 'created_at', type: 'timestamp', default: 'now' },
    ])
    expect(CreateTable.safeParse(table).success).toBe(true)
  })

  it('marks the second column of the same name', () => {
    const schema = [...TABLE_START.schema, { ...COLUMN_START, name: 'a' }, { ...COLUMN_START, name: 'a' }]
    const { error } = TableForm.safeParse({ ...TABLE_START, name: 't', schema })
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['schema.3.name'])
  })
})
