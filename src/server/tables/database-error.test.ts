import pg from 'pg'
import { expect, test } from 'vitest'

import { AppError } from '../errors.ts'
import { describeDatabaseError } from './database-error.ts'
import type { TableDefinition } from './definition.ts'
import { checkName, foreignKeyName, indexName, primaryKeyName } from './object-names.ts'

const DEFINITION: TableDefinition = {
  id: 3,
  workspaceId: 1,
  name: 'orders',
  description: '',
  docs: '',
  auth: false,
  guid: 'g',
  tag: [],
  columns: [
    { name: 'id', type: 'int' },
    { name: 'state', type: 'enum', values: ['a'] },
    { name: 'customer_id', type: 'int', tableref_id: 9 },
  ],
  indexes: [{ id: '0a1b2c3d', type: 'unique', fields: [{ name: 'state' }, { name: 'customer_id' }] }],
  autocomplete: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
}
const [INDEX = { type: 'btree', fields: [] }] = DEFINITION.indexes

function failure(code: string, more: Partial<pg.DatabaseError> = {}): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('select secret from hidden', 1, 'error'), { code, ...more })
}
const describe = (code: string, more: Partial<pg.DatabaseError> = {}, isDelete = false): unknown =>
  describeDatabaseError(failure(code, more), { definition: DEFINITION, isDelete })

test.each([
  ['23505', indexName(DEFINITION, INDEX), 'state'],
  ['23505', primaryKeyName(DEFINITION), 'id'],
  ['23503', foreignKeyName(DEFINITION, { name: 'customer_id' }), 'customer_id'],
  ['23514', checkName(DEFINITION, { name: 'state' }), 'state'],
  ['54000', indexName(DEFINITION, INDEX), 'state'],
])('refusal %s of %s names the column %s', (code, constraint, param) => {
  const error = describe(code, { constraint })
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'invalid_input', payload: { param } })
  expect(String(error)).not.toContain('hidden')
})

test('a lock that is not to be had and a definition that changed mean "try again"', () => {
  for (const code of ['40001', '40P01', '55P03', '42P01', '42703', '3F000', '0A000']) {
    expect(describe(code)).toMatchObject({ code: 'conflict' })
  }
})

test('a missing value names its column; a row that is still referred to names the other table', () => {
  expect(describe('23502', { column: 'state' })).toMatchObject({ message: 'Missing param: state' })
  expect(describe('23503', { table: 'items' }, true)).toMatchObject({
    message: 'Rows of the table "items" refer to this row. Delete or change them first.',
  })
  expect(describe('23503', { table: 'orders' }, true)).toMatchObject({
    message: expect.stringContaining('itself') as string,
  })
})

test('what no input can cause is given back for the log', () => {
  const disk = failure('53100')
  const other = new Error('other')
  expect(describeDatabaseError(disk, {})).toBe(disk)
  expect(describeDatabaseError(other, {})).toBe(other)
})
