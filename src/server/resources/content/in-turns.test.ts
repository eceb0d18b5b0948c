import { expect, test } from 'vitest'

import { mapInTurns } from './in-turns.ts'

/** Keeps the process busy. */
function work(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test('other work goes on while a long list is mapped, and the results stay in order', async () => {
  let turns = 0
  const ticking = setInterval(() => (turns += 1), 1)
  const items = Array.from({ length: 320 }, (_, at) => at)
  const results = await mapInTurns(items, (item, at) => {
    work(1)
    return [item, at]
  })
  clearInterval(ticking)
  expect(results).toEqual(items.map((item) => [item, item]))
  expect(turns).toBeGreaterThanOrEqual(5)
})

test('what fails ends it', async () => {
  const seen: number[] = []
  const failing = mapInTurns([1, 2, 3], (item) => {
    seen.push(item)
    if (item === 2) throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(seen).toEqual([1, 2])
})
