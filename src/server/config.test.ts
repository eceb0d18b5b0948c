import { expect, test } from 'vitest'

import { readConfig } from './config.ts'

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: undefined, role: 'all', logLevel: 'info' })
  expect([...config.apis]).toEqual(['meta', 'console', 'endpoints', 'realtime'])
  expect(config.dataDir).toMatch(/\/data$/)
})

test('every bad value is named in one error', () => {
  const read = () =>
    readConfig({ PORT: '70000', DATABASE_URL: 'mysql://x', METADECK_MASTER_KEY: 'short', ENABLED_APIS: 'meta,nope' })
  expect(read).toThrow(/PORT .*DATABASE_URL .*METADECK_MASTER_KEY .*ENABLED_APIS/s)
})

test('no value is repeated in an error, for it may be a secret', () => {
  expect(() => readConfig({ METADECK_MASTER_KEY: 'a-secret-key' })).not.toThrow(/a-secret-key/)
  expect(() => readConfig({ DATABASE_URL: 'mysql://user:pw@host' })).not.toThrow(/pw@/)
})

test('an owner needs both address and password', () => {
  expect(() => readConfig({ METADECK_OWNER_EMAIL: 'a@b.co' })).toThrow(/belong together/)
  expect(readConfig({ METADECK_OWNER_EMAIL: 'A@b.co', METADECK_OWNER_PASSWORD: 'x' }).owner).toEqual({
    email: 'a@b.co',
    password: 'x',
  })
})

test('empty variables count as not set', () => {
  const config = readConfig({
    DATABASE_URL: '',
    PUBLIC_URL: ' ',
    METADECK_OWNER_EMAIL: '',
    METADECK_OWNER_PASSWORD: '',
  })
  expect(config).toMatchObject({ databaseUrl: undefined, publicUrl: undefined, owner: undefined })
})
