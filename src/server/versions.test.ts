import { expect, test } from 'vitest'

import { etagOf } from './versions.ts'

test('the order of keys and keys without a value do not count, everything else does', () => {
  const version = etagOf({ name: 'a', tag: ['x', 'y'], inner: { one: 1, two: null } })
  expect(etagOf({ inner: { two: null, one: 1 }, tag: ['x', 'y'], name: 'a', docs: undefined })).toBe(version)
  expect(etagOf({ name: 'a', tag: ['y', 'x'], inner: { one: 1, two: null } })).not.toBe(version)
  expect(etagOf({ name: 'a', tag: ['x', 'y'], inner: { one: 1 } })).not.toBe(version)
})

test('a version is a strong validator: quoted, of hexadecimal digits', () => {
  expect(etagOf({})).toMatch(/^"[0-9a-f]{32}"$/)
})
