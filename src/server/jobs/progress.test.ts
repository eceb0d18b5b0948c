import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { createProgress } from './progress.ts'

describe('progress', () => {
  it('writes the newest state at most some times a second, merged', async () => {
    const written: object[] = []
    const progress = createProgress<{ a?: number; b?: number }>(
      async (patch) => void written.push(patch),
      () => undefined,
    )
    for (let a = 1; a <= 100; a += 1) {
      progress.note({ a })
      await sleep(6)
    }
    progress.note({ b: 1 })
    await expect.poll(() => written.at(-1)).toMatchObject({ b: 1 })
    expect(written.length).toBeLessThan(8)
    await progress.stop()
  })

  it('never writes twice at a time, nor after it was stopped', async () => {
    let atOnce = 0
    let most = 0
    const progress = createProgress<{ a: number }>(
      async () => {
        atOnce += 1
        most = Math.max(most, atOnce)
        await sleep(400)
        atOnce -= 1
      },
      () => undefined,
    )
    progress.note({ a: 1 })
    await sleep(300)
    progress.note({ a: 2 })
    await progress.stop()
    expect([most, atOnce]).toEqual([1, 0])
    progress.note({ a: 3 })
    await sleep(300)
    expect(atOnce).toBe(0)
  })

  it('goes on after a write that failed', async () => {
    const [written, errors]: [number[], unknown[]] = [[], []]
    const progress = createProgress<{ a: number }>(
      async ({ a }) => {
        if (a === 1) throw new Error('lost')
        written.push(a)
      },
      (error) => errors.push(error),
    )
    progress.note({ a: 1 })
    await expect.poll(() => errors.length).toBe(1)
    progress.note({ a: 2 })
    await expect.poll(() => written).toEqual([2])
    await progress.stop()
  })
})
