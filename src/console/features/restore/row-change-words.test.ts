import { expect, it } from 'vitest'

import { preview, tableDiff } from './restore-fixture.ts'
import { rowWords } from './row-change-words.ts'

it.each([
  [{ added: 3, changed: 18, removed: 214 }, '214 rows are lost, 18 change and 3 come back'],
  [{ added: 1, changed: 0, removed: 1 }, '1 row is lost and 1 comes back'],
  [{ added: 0, changed: 1, removed: 0 }, '1 row changes'],
  [{ added: 1_200, changed: 0, removed: 0 }, '1,200 rows come back'],
  [{ added: 0, changed: 0, removed: 0 }, 'no row changes'],
])('the sum of rows %o reads: %s', (counts, words) => {
  expect(rowWords({ tables: [tableDiff('a', counts), tableDiff('b')] }, preview([]))).toBe(words)
})
