import { expect, test } from 'vitest'

import { NO_CACHE, toCache, toCacheSettings } from './cache.ts'

test('what was answered and is sent back means the same', () => {
  for (const ttl of [0, 60]) {
    const settings = { ttl, input: false, auth: true, datasource: true, ip: true, headers: ['accept'], env: ['A'] }
    expect(toCacheSettings(toCache(settings), null)).toEqual(settings)
  }
  expect(toCacheSettings(toCache(null), null)).toEqual(NO_CACHE)
})

test('a cache is on where it says so or brings a time, and then has a time', () => {
  expect(toCacheSettings({}, null).ttl).toBe(0)
  expect(toCacheSettings({ ttl: 60 }, null).ttl).toBe(60)
  expect(toCacheSettings({ ttl: 60, active: false }, null).ttl).toBe(0)
  expect(toCacheSettings({ active: true }, null).ttl).toBe(3_600)
  expect(toCacheSettings({ active: true, ttl: 0 }, null).ttl).toBe(3_600)
})

test('what is left out stays as it was, the time only while it is on', () => {
  const before = { ttl: 60, input: false, auth: true, datasource: true, ip: true, headers: ['accept'], env: ['A'] }
  expect(toCacheSettings({}, before)).toEqual(before)
  expect(toCacheSettings({ active: true }, before)).toEqual(before)
  expect(toCacheSettings({ ip: false, headers: [] }, before)).toEqual({ ...before, ip: false, headers: [] })
  const off = toCacheSettings({ active: false }, before)
  expect(off).toEqual({ ...before, ttl: 0 })
  expect(toCacheSettings({ input: true }, off)).toEqual({ ...off, input: true })
  expect(toCacheSettings({ active: true }, off)).toEqual({ ...before, ttl: 3_600 })
})
