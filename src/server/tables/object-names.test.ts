import fc from 'fast-check'
import { expect, test } from 'vitest'

import { checkName, foreignKeyName, indexName, primaryKeyName } from './object-names.ts'

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 63 })
const index = (id: string, column: string) => ({ id, type: 'btree' as const, fields: [{ name: column }] })

test('whatever table and column are called, derived names fit PostgreSQL', () => {
  fc.assert(
    fc.property(name, name, (table, column) => {
      const of = { id: 1, name: table }
      const names = [
        primaryKeyName(of),
        checkName(of, { name: column }),
        foreignKeyName(of, { name: column }),
        indexName(of, index('0a1b2c3d', column)),
      ]
      expect(new Set(names).size).toBe(4)
      for (const derived of names) expect(Buffer.byteLength(derived)).toBeLessThanOrEqual(63)
    }),
  )
})

test('names that are cut alike stay apart, and the same thing is always called the same', () => {
  const long = 'x'.repeat(63)
  expect(primaryKeyName({ id: 1, name: long })).not.toBe(primaryKeyName({ id: 2, name: long }))
  expect(checkName({ id: 1, name: long }, { name: 'a' })).not.toBe(checkName({ id: 1, name: long }, { name: 'b' }))
  expect(indexName({ id: 1, name: 't' }, index('00000001', 'a'))).not.toBe(
    indexName({ id: 1, name: 't' }, index('00000002', 'a')),
  )
  expect(foreignKeyName({ id: 1, name: 'orders' }, { name: 'customer_id' })).toBe('orders_customer_id_fkey')
})
