import { Readable } from 'node:stream'

import { pino } from 'pino'
import { expect, it } from 'vitest'

import type { Storage } from '../../storage/storage.ts'
import { testStorage } from './test-target.ts'

const options = { now: new Date(0), log: pino({ level: 'silent' }), patienceMs: 50 }

/** A store whose answers never come, or are another's, at the outer edge of what we test. */
function storeThat(change: Partial<Storage>): Storage {
  return {
    write: () => Promise.resolve(0),
    read: () => Promise.resolve({ size: 1, stream: Readable.from([Buffer.from('x')]) }),
    size: () => Promise.resolve(null),
    delete: () => Promise.resolve(),
    ...change,
  }
}

it('a store that never answers fails the test when the patience ends', async () => {
  const test = await testStorage(
    () => Promise.resolve(storeThat({ write: () => new Promise(() => undefined) })),
    options,
  )
  expect(test).toMatchObject({ ok: false, at: '1970-01-01T00:00:00.000Z' })
  expect(test.steps).toEqual([{ step: 'write', ok: false, message: 'There was no answer within 0.05 s.' }])
})

it('an object of another size is not read, and what was written is deleted all the same', async () => {
  const deleted: string[] = []
  const endless = Readable.from(['x'], { objectMode: false })
  const store = storeThat({
    read: () => Promise.resolve({ size: 1e12, stream: endless }),
    delete: (name) => Promise.resolve(void deleted.push(name)),
  })
  const test = await testStorage(() => Promise.resolve(store), options)
  expect(test.steps.map(({ step, ok }) => [step, ok])).toEqual([
    ['write', true],
    ['read', false],
  ])
  expect(endless.destroyed).toBe(true)
  expect(deleted).toEqual([expect.stringMatching(/^metadeck-test-[0-9a-f-]{36}$/)])
})

it('a full disk is called that', async () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  const test = await testStorage(() => Promise.resolve(storeThat({ write: () => Promise.reject(full) })), options)
  expect(test.steps[0]?.message).toContain('The disk is full')
})
