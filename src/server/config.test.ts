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

test('bad values are told by what they must be, each once, and never in the words of the validator', () => {
  const said = (env: Record<string, string>): string => {
    try {
      readConfig(env)
    } catch (error) {
      return (error as Error).message
    }
    throw new Error('nothing was refused')
  }
  expect(said({ HOST: '', METADECK_ROLE: 'both', ENABLED_APIS: 'nope,meta,none', LOG_LEVEL: 'loud' })).toBe(
    'The configuration is not usable: HOST must not be empty; METADECK_ROLE must be one of all, web, worker; ' +
      'ENABLED_APIS must be names with commas between them, of meta, console, endpoints, realtime, hasura; ' +
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
  )
  const names =
    'HOST PORT DATA_DIR DATABASE_URL PUBLIC_URL METADECK_MASTER_KEY METADECK_OWNER_EMAIL METADECK_ROLE ENABLED_APIS RATE_LIMIT_TOKEN RATE_LIMIT_ADDRESS RATE_LIMIT_REFUSED TRUSTED_PROXIES LOG_LEVEL'
  for (const value of ['', 'x', '-1', '1.5', 'NaN', '1e999', '1e300', '1e20', 'http://', 'a@b', '0x1F']) {
    const env = Object.fromEntries(names.split(' ').map((name) => [name, value]))
    expect(said(env)).not.toMatch(/invalid|expected|received|\bNaN\b|undefined|too (small|big)|\bSend\b/i)
  }
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
