import { expect, test } from 'vitest'

import { takeTurns } from './take-turns.ts'

test('others get their turn by what was read, however many texts that is', async () => {
  let turns = 0
  const count = () => {
    turns += 1
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  const turn = takeTurns()
  for (let texts = 0; texts < 1_000; texts += 1) await turn('x'.repeat(100))
  expect(turns).toBe(0)
  for (let texts = 0; texts < 4; texts += 1) await turn('x'.repeat(300_000))
  clearImmediate(next)
  expect(turns).toBeGreaterThanOrEqual(3)
})
