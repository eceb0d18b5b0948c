import { PassThrough } from 'node:stream'

import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Method } from '#api/contract/endpoint.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../app.ts'
import { openLog } from '../log.ts'
import { harmlessUrl, type Served, watchRoutes } from '../testing/operations.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let app: FastifyInstance
let served: Served
let session: Record<string, string>
const log: string[] = []
/** Every secret of the tour, by what it is. */
const secrets = new Map<string, string>([['password', OWNER.password]])
/** What was answered, but for the answers that tell a secret once. */
const answers: string[] = []

const plant = (what: string): string => {
  const secret = `planted-${what}-${Math.random().toString(36).slice(2)}`
  secrets.set(what, secret)
  return secret
}

beforeAll(async () => {
  test$ = await createTestApp()
  const out = new PassThrough().on('data', (chunk: Buffer) => log.push(chunk.toString()))
  const deps = { ...test$.deps, log: openLog('trace', out) }
  ;({ built: app, served } = await watchRoutes(() => buildApp(deps, { consoleFolder: 'none' })))
  await tour()
}, 120_000)
afterAll(async () => {
  await app.close()
  await test$.close()
})

type Ask = { method?: Method; headers?: Record<string, string>; payload?: object | string }

async function ask(url: string, { headers = session, ...more }: Ask = {}): Promise<LightMyRequestResponse> {
  return app.inject({ url, method: more.payload === undefined ? 'GET' : 'POST', headers, ...more })
}

/** Asks, and keeps the answer among those that must not tell a secret. */
async function look(url: string, more: Ask = {}): Promise<LightMyRequestResponse> {
  const reply = await ask(url, more)
  answers.push(`${url.split('?', 1)[0] ?? ''}: ${JSON.stringify(reply.headers)} ${reply.body}`)
  return reply
}

async function done(reply: Promise<LightMyRequestResponse>): Promise<Record<string, unknown>> {
  const { statusCode, body } = await reply
  expect([statusCode, body]).toEqual([expect.toSatisfy((code: number) => code < 300), body])
  return JSON.parse(body) as Record<string, unknown>
}

/** Requests of all kinds: good and bad credentials, secrets stored and refused, failures of the client and of the server. */
async function tour(): Promise<void> {
  const signedIn = await app.inject({ method: 'POST', url: '/api:console/session', payload: OWNER_INPUT })
  const cookie = signedIn.cookies[0]
  secrets.set('session', cookie?.value ?? '')
  session = { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` }
  await storeSecrets()
  await refuseSecrets()
  for (const endpoint of served.endpoints) if (endpoint.method === 'GET') await look(harmlessUrl(endpoint))
  for (const url of LISTS) expect([url, (await look(url)).statusCode]).toEqual([url, 200])
  await breakDatabase()
}

const OWNER_INPUT = { email: OWNER.email, password: OWNER.password }
const LISTS = ['tokens', 'targets', 'notifications/channels', 'schedules', 'oidc-providers', 'audit'].map(
  (name) => `/api:console/${name}`,
)

async function storeSecrets(): Promise<void> {
  const { id: workspaceId } = await test$.call(createWorkspace, { body: { name: 'Secrets' } })
  const scopes = { 'instance:workspace': 'crud' }
  const token = { name: 'toured', expiresInSeconds: 3_600, scopes, workspaces: 'all' }
  const made = await done(ask('/api:console/tokens', { payload: token }))
  secrets.set('token', String(made['token']))
  await look('/api:meta/workspace', { headers: { authorization: `Bearer ${String(made['token'])}` } })
  const settings = { kind: 's3', endpoint: 'http://127.0.0.1:9', bucket: 'nothing', accessKeyId: 'AK' }
  await done(look('/api:console/targets', { payload: { name: 'S3', settings, secret: plant('s3-key') } }))
  const webhook = { kind: 'webhook', url: 'http://127.0.0.1:9/hook' }
  const channel = { name: 'Hook', settings: webhook, secret: plant('signing-key'), events: ['failed'], active: false }
  await done(ask('/api:console/notifications/channels', { payload: channel }))
  const timing = { kind: 'hourly', minute: 0 }
  const schedule = { name: 'Hourly', workspaceId, timing, password: plant('archive-password') }
  await done(look('/api:console/schedules', { payload: schedule }))
  const provider = { name: 'IdP', issuer: 'https://idp.example', clientId: 'c', allowedDomains: ['example.com'] }
  await done(look('/api:console/oidc-providers', { payload: { ...provider, clientSecret: plant('client-secret') } }))
  const invitation = { email: 'new@example.com', role: 'member', scopes, workspaces: 'all' }
  const { link } = await done(ask('/api:console/invitations', { payload: invitation }))
  secrets.set('invitation', String(link).split('#')[1] ?? '')
  const totp = await done(ask('/api:console/me/totp', { payload: { password: OWNER.password } }))
  secrets.set('totp', String(totp['secret']))
}

/** The same kinds of secrets in requests that are refused: for their form, for their size, for who sends them. */
async function refuseSecrets(): Promise<void> {
  const secret = plant('refused')
  const nobody = { headers: {} }
  await look('/api:console/session', { ...nobody, payload: { email: 'a@b.co', password: secret } })
  await look('/api:console/session', { ...nobody, payload: { email: secret, password: 5 } })
  await look('/api:meta/workspace', { headers: { authorization: `Bearer ${secret}` } })
  await look('/api:meta/workspace', { headers: { cookie: `metadeck_session=${secret}` } })
  await look(`/api:meta/nothing?token=${secret}`)
  await look('/api:console/setup', {
    ...nobody,
    payload: { link: secret, name: 'x', email: 'a@b.co', password: secret },
  })
  for (const { method, path, bodyKind } of served.endpoints) {
    if (method === 'GET' || bodyKind !== 'json') continue
    const url = path.replaceAll(/\{\w+\}/g, '1000000')
    const payload = {
      password: secret,
      secret,
      token: [secret],
      clientSecret: { secret },
      current: secret,
      code: secret,
    }
    if (!path.startsWith('/api:console/session')) await look(url, { method, payload })
    await look(url, {
      method,
      payload: `{"password":"${secret}"`,
      headers: { ...session, 'content-type': 'application/json' },
    })
  }
}

/** A failure that nobody expected: what the database says of it goes into the log. */
async function breakDatabase(): Promise<void> {
  const { pool } = test$.database
  await pool.query('alter table metadeck.access_token rename to gone')
  const reply = await look('/api:meta/workspace', {
    headers: { authorization: `Bearer ${secrets.get('token') ?? ''}` },
  })
  await pool.query('alter table metadeck.gone rename to access_token')
  expect(reply.statusCode).toBe(500)
}

/** Which of the secrets stand in the text: as they are, in base64, in hexadecimal and percent-encoded. */
function toldIn(text: string): string[] {
  const forms = (secret: string): string[] => [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
  ]
  return [...secrets].flatMap(([what, secret]) => {
    expect([what, secret.length]).toEqual([what, expect.toSatisfy((length: number) => length >= 10)])
    return forms(secret).some((form) => text.includes(form)) ? [what] : []
  })
}

test('the log of it all, at its most talkative, tells none of the secrets', () => {
  const text = log.join('')
  expect(text).toContain('request failed')
  expect(text.length).toBeGreaterThan(50_000)
  expect(toldIn(text)).toEqual([])
})

test('no answer tells one, neither of success nor of failure', () => {
  expect(answers.length).toBeGreaterThan(300)
  expect(answers.flatMap((answer) => toldIn(answer).map((what) => `${what} in ${answer.slice(0, 300)}`))).toEqual([])
})

test('the database holds each of them hashed, sealed or not at all', async () => {
  const { pool } = test$.database
  const tables = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const told: string[] = []
  for (const { name } of tables.rows) {
    const rows = await pool.query<{ text: string }>(`select row_to_json(t)::text as text from ${name} t`)
    told.push(...toldIn(rows.rows.map(({ text }) => text).join('\n')).map((what) => `${what} in ${name}`))
  }
  expect(tables.rows.length).toBeGreaterThan(20)
  expect(told).toEqual([])
})

test('the audit log and its exports tell none of them', async () => {
  for (const format of ['ndjson', 'csv']) {
    const reply = await ask(`/api:console/audit/export?format=${format}`)
    expect(reply.statusCode).toBe(200)
    expect(reply.body).toContain('tokenCreate')
    expect(toldIn(reply.body)).toEqual([])
  }
})

test('no operation takes a secret in its address', () => {
  // `code` and `state` are what OpenID Connect puts there: good once, and only together with a cookie.
  const names = served.endpoints.flatMap(({ id, path, query }) => {
    const shape = 'shape' in query ? Object.keys(query.shape as object) : []
    return [...path.matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1] ?? '')
      .concat(shape)
      .map((name) => `${id} ${name}`)
  })
  expect(names.length).toBeGreaterThan(300)
  expect(names.filter((name) => / .*(pass|secret|token$|credential|authorization|api_?key)/i.test(name))).toEqual([])
})
