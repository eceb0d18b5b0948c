import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { EVENTS_PATH } from '#api/contract/events.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { buildApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { newAccessToken } from '../credentials.ts'
import { insertSession } from '../resources/session/store.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { parseNetworks } from '../security/networks.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let nowMs = Date.now()
const open: FastifyInstance[] = []

beforeAll(async () => {
  test$ = await createTestApp()
})
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})
afterAll(() => test$.close())

const REMOTE = '203.0.113.9'
/** Ten at once, one a second. */
const LIMITS = { token: 60, address: 0, refused: 0 }

/** One more process on the same database, with these limits and a clock that stands still. */
async function openApp(rateLimits: Config['rateLimits'], more: Partial<Config> = {}): Promise<FastifyInstance> {
  const config = { ...test$.deps.config, rateLimits, ...more }
  const deps = { ...test$.deps, config, now: () => new Date(nowMs) }
  const app = await buildApp(deps, { consoleFolder: 'no-console' })
  open.push(app)
  return app
}

async function newToken(): Promise<string> {
  const input = { name: 't', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  return (await insertToken(test$.database.db, input, await ownerId(), new Date(nowMs))).secret
}

async function ownerId(): Promise<number> {
  return (await test$.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()).id
}

async function ask(
  app: FastifyInstance,
  headers: Record<string, string>,
  more: { url?: string; remoteAddress?: string; method?: 'POST' } = {},
) {
  return app.inject({ url: '/api:meta/workspace', headers, remoteAddress: REMOTE, ...more })
}

async function statuses(count: number, one: () => Promise<{ statusCode: number }>): Promise<number[]> {
  const codes: number[] = []
  for (let n = 0; n < count; n += 1) codes.push((await one()).statusCode)
  return codes
}

const times = (count: number, code: number): number[] => Array.from({ length: count }, () => code)

test('a token over its limit gets the 429 of the Metadata API with Retry-After, and passes after that long', async () => {
  const app = await openApp(LIMITS)
  const authorization = `Bearer ${await newToken()}`
  // The first request makes the token known; then ten at once.
  expect(await statuses(11, () => ask(app, { authorization }))).toEqual(times(11, 200))
  const reply = await ask(app, { authorization })
  expect([reply.statusCode, reply.headers['retry-after']]).toEqual([429, '1'])
  expect(reply.json()).toMatchObject({
    code: 'ERROR_CODE_TOO_MANY_REQUESTS',
    message: 'Too many requests with this access token. Wait 1 second, then try again.',
  })
  const other = `Bearer ${await newToken()}`
  expect((await ask(app, { authorization: other })).statusCode).toBe(200)
  nowMs += 1_000
  expect((await ask(app, { authorization })).statusCode).toBe(200)
})

test('the same token with other spaces and capitals around it is the same token', async () => {
  const app = await openApp(LIMITS)
  const secret = await newToken()
  const forms = [`Bearer ${secret}`, `bearer  ${secret}`, `BEARER \t ${secret}`, `Bearer ${secret} `]
  await ask(app, { authorization: `Bearer ${secret}` })
  let at = 0
  const next = () => ask(app, { authorization: forms[(at += 1) % forms.length] ?? '' })
  expect(await statuses(12, next)).toEqual([...times(10, 200), 429, 429])
})

test('an address over its limit is refused whatever it sends; other addresses are not', async () => {
  const app = await openApp({ token: 0, address: 60, refused: 0 })
  expect(await statuses(11, () => ask(app, {}))).toEqual([...times(10, 401), 429])
  const own = await ask(app, {}, { url: '/api:console/session' })
  expect([own.statusCode, own.json<{ code: string }>().code]).toEqual([429, 'too_many_requests'])
  expect((await ask(app, {}, { remoteAddress: '203.0.113.10' })).statusCode).toBe(401)
})

test('guesses at tokens and sessions are limited per address, and keep out nobody who is let in', async () => {
  const app = await openApp({ token: 0, address: 0, refused: 60 })
  const guess = () => ask(app, { authorization: `Bearer ${newAccessToken()}` })
  expect(await statuses(12, guess)).toEqual([...times(10, 401), 429, 429])
  expect((await ask(app, { cookie: 'metadeck_session=guess' })).statusCode).toBe(429)
  expect((await ask(app, { authorization: 'Bearer no-token-at-all' })).statusCode).toBe(429)
  // Neither was ever seen by this process.
  expect((await ask(app, { authorization: `Bearer ${await newToken()}` })).statusCode).toBe(200)
  const input = { userId: await ownerId(), address: REMOTE, userAgent: '' }
  const { secret } = await insertSession(test$.database.db, input, new Date(nowMs))
  expect((await ask(app, { cookie: `metadeck_session=${secret}` })).statusCode).toBe(200)
  expect((await guess()).statusCode).toBe(429)
  nowMs += 2_000
  expect((await guess()).statusCode).toBe(401)
})

test('a token that was good and is revoked counts as a guess from then on', async () => {
  const app = await openApp({ token: 0, address: 0, refused: 60 })
  const authorization = `Bearer ${await newToken()}`
  expect((await ask(app, { authorization })).statusCode).toBe(200)
  await test$.database.db
    .updateTable('access_token')
    .set({ revoked_at: new Date(nowMs) })
    .execute()
  expect(await statuses(12, () => ask(app, { authorization }))).toEqual([...times(10, 401), 429, 429])
})

test('a burst of guesses at once is counted in full', async () => {
  const app = await openApp({ token: 0, address: 0, refused: 60 })
  const guess = () => ask(app, { authorization: `Bearer ${newAccessToken()}` })
  await Promise.all(Array.from({ length: 40 }, guess))
  const reply = await guess()
  expect([reply.statusCode, Number(reply.headers['retry-after'])]).toEqual([429, 31])
})

test('refused scopes, wrong input and wrong passwords are no guesses at tokens', async () => {
  const app = await openApp({ token: 0, address: 0, refused: 60 })
  const authorization = `Bearer ${await newToken()}`
  await statuses(15, () => ask(app, { authorization }, { url: '/api:console/tokens' }))
  await statuses(15, () => ask(app, { authorization }, { method: 'POST' }))
  await statuses(15, () => ask(app, {}))
  const stale = { cookie: 'metadeck_session=over', 'content-type': 'application/json' }
  await statuses(15, () => ask(app, stale, { url: '/api:console/session', method: 'POST' }))
  expect((await ask(app, { authorization: `Bearer ${await newToken()}` })).statusCode).toBe(200)
})

test('sockets that are asked for count as requests do', async () => {
  // Behind a public address nothing of this machine is let through uncounted.
  const app = await openApp({ token: 0, address: 60, refused: 0 }, { publicUrl: 'https://deck.example' })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const codes: number[] = []
  for (let n = 0; n < 12; n += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${EVENTS_PATH}`)
    const [error] = (await once(socket, 'error')) as [Error]
    codes.push(Number(/\d+$/.exec(error.message)?.[0]))
  }
  expect(codes).toEqual([...times(10, 401), ...times(2, 429)])
})

test('health and pages are never limited', async () => {
  const app = await openApp({ token: 60, address: 60, refused: 60 })
  await statuses(12, () => ask(app, {}))
  for (const url of ['/healthz', '/readyz', '/api:meta', '/apispec:meta', '/api:meta/reference/page.css']) {
    expect([url, (await ask(app, {}, { url })).statusCode]).toEqual([url, 200])
  }
})

test('a program of this machine is not limited, unless it says that it speaks for another', async () => {
  const app = await openApp({ token: 0, address: 60, refused: 0 })
  for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    expect(await statuses(15, () => ask(app, {}, { remoteAddress }))).toEqual(times(15, 401))
  }
  const headers = [{ 'x-forwarded-for': '198.51.100.1' }, { forwarded: 'for=198.51.100.1' }, { 'x-real-ip': 'x' }]
  let at = 0
  const proxied = () => ask(app, headers[(at += 1) % headers.length] ?? {}, { remoteAddress: '127.0.0.1' })
  expect(await statuses(11, proxied)).toEqual([...times(10, 401), 429])
})

test('where the public address is another host, a proxy that names no client is limited like everybody', async () => {
  const local = { remoteAddress: '127.0.0.1' }
  const limits = { token: 0, address: 60, refused: 0 }
  for (const publicUrl of ['https://deck.example', 'http://192.0.2.4:4000']) {
    const app = await openApp(limits, { publicUrl })
    expect(await statuses(11, () => ask(app, {}, local))).toEqual([...times(10, 401), 429])
  }
  for (const publicUrl of ['http://127.0.0.1:5173', 'http://localhost', 'http://[::1]:4000']) {
    const app = await openApp(limits, { publicUrl })
    expect(await statuses(11, () => ask(app, {}, local))).toEqual(times(11, 401))
  }
})

test('behind a trusted proxy each client has its own limit, and its address is what is recorded', async () => {
  const trustedProxies = parseNetworks(['127.0.0.1'])
  const app = await openApp({ token: 0, address: 60, refused: 0 }, { trustedProxies })
  const client = (address: string) => () =>
    ask(app, { 'x-forwarded-for': `6.6.6.6, ${address}` }, { remoteAddress: '127.0.0.1' })
  expect(await statuses(11, client('198.51.100.1'))).toEqual([...times(10, 401), 429])
  expect((await client('198.51.100.2')()).statusCode).toBe(401)
  const reply = await app.inject({
    method: 'POST',
    url: '/api:console/session',
    headers: { 'x-forwarded-for': '198.51.100.3' },
    payload: { email: OWNER.email, password: OWNER.password },
  })
  expect(reply.statusCode).toBe(200)
  const { address } = await test$.database.db
    .selectFrom('session')
    .select('address')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  expect(address).toBe('198.51.100.3')
})

test('what a token used at one process is missing at the other', async () => {
  await test$.database.pool.query('delete from metadeck.rate_limit')
  const [one, two] = [await openApp(LIMITS), await openApp(LIMITS)]
  const authorization = `Bearer ${await newToken()}`
  const told = async () =>
    (await test$.database.pool.query<{ used: number }>("select used from metadeck.rate_limit where key like 'token %'"))
      .rows[0]?.used
  await statuses(2, () => ask(one, { authorization }))
  await statuses(2, () => ask(two, { authorization }))
  await expect.poll(told).toBe(2)
  await statuses(8, () => ask(one, { authorization }))
  await expect.poll(told).toBe(10)
  await ask(two, { authorization })
  // The second process hears of it with its next round.
  await expect.poll(async () => (await ask(two, { authorization })).statusCode, { interval: 250 }).toBe(429)
})

test('the limits come from the environment; 0 switches one off, nonsense ends the start', () => {
  expect(readConfig({}).rateLimits).toEqual({ token: 6_000, address: 12_000, refused: 120 })
  expect(readConfig({ RATE_LIMIT_TOKEN: '0', RATE_LIMIT_ADDRESS: '5' }).rateLimits).toMatchObject({
    token: 0,
    address: 5,
  })
  const read = () => readConfig({ RATE_LIMIT_TOKEN: 'many', RATE_LIMIT_REFUSED: '-1', TRUSTED_PROXIES: '10.0.0.0/8,x' })
  expect(read).toThrow(/RATE_LIMIT_TOKEN .*RATE_LIMIT_REFUSED .*TRUSTED_PROXIES /s)
})
