import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'

import { endpoint } from '#api/contract/endpoint.ts'
import type { ServerEvent } from '#api/contract/events.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../app.ts'
import { AppError } from '../errors.ts'
import { serve, type Trail } from '../route.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let authorization: string

beforeAll(async () => {
  test$ = await createTestApp()
  const cookie = (
    await test$.app.inject({
      method: 'POST',
      url: '/api:console/session',
      payload: { email: 'owner@example.com', password: 'correct horse battery' },
    })
  ).cookies[0]
  const made = await test$.app.inject({
    method: 'POST',
    url: '/api:console/tokens',
    headers: { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` },
    payload: {
      name: 'raw',
      scopes: { 'instance:workspace': 'crud', 'workspace:content': 'crud' },
      workspaces: 'all',
    },
  })
  authorization = `Bearer ${made.json<{ token: string }>().token}`
})
afterAll(() => test$.close())

test('an unknown path answers 404 in the dialect of its API, with no stack', async () => {
  const meta = await test$.app.inject({ url: '/api:meta/nothing/here?token=secret' })
  expect(meta.statusCode).toBe(404)
  expect(meta.json()).toMatchObject({ code: 'ERROR_CODE_NOT_FOUND' })
  expect(meta.body).not.toMatch(/secret|\bat \//)
  const own = await test$.app.inject({ url: '/api:console/nothing' })
  expect(own.json()).toMatchObject({ code: 'not_found' })
})

test('torn JSON answers 400, a body over the limit 413, another content type 415', async () => {
  const post = (payload: string, type = 'application/json') =>
    test$.app.inject({
      method: 'POST',
      url: '/api:meta/workspace',
      payload,
      headers: { authorization, 'content-type': type },
    })
  const torn = await post('{"name": ')
  expect([torn.statusCode, torn.json()]).toMatchObject([400, { code: 'ERROR_CODE_INPUT_ERROR' }])
  expect((await post(JSON.stringify({ name: 'x'.repeat(1_100_000) }))).statusCode).toBe(413)
  expect((await post('<name/>', 'application/xml')).statusCode).toBe(415)
  expect((await post('{"__proto__": {"a": 1}, "name": "x"}')).statusCode).toBe(400)
  expect((await post('[]')).statusCode).toBe(400)
})

test('a body that was refused for its size ends the connection, whose rest is still on its way', async () => {
  const post = async (name: string) =>
    test$.app.inject({ method: 'POST', url: '/api:meta/workspace', payload: { name }, headers: { authorization } })
  const large = await post('x'.repeat(1_100_000))
  expect([large.statusCode, large.headers.connection]).toEqual([413, 'close'])
  const field = await postForm(form({ name: 'x', description: 'y'.repeat(1_100_000) }))
  expect([field.statusCode, field.headers.connection]).toEqual([413, 'close'])
  const small = await post('')
  expect([small.statusCode, small.headers.connection]).toEqual([400, 'keep-alive'])
})

test('who is not let in is told how to ask: WWW-Authenticate', async () => {
  const reply = await test$.app.inject({ url: '/api:meta/workspace' })
  expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Bearer'])
})

test('a failure that nobody expected is told by its request id, without a word of what it was', async () => {
  const { pool } = test$.database
  await pool.query('alter table metadeck.workspace rename to gone')
  const replies = [
    await test$.app.inject({ url: '/api:meta/workspace', headers: { authorization } }),
    await test$.app.inject({
      method: 'POST',
      url: '/api:meta/workspace',
      payload: { name: 'x' },
      headers: { authorization },
    }),
  ]
  await pool.query('alter table metadeck.gone rename to workspace')
  for (const { statusCode, headers, body } of replies) {
    expect([statusCode, body]).toEqual([500, expect.stringContaining(String(headers['x-request-id']))])
    expect(body).not.toMatch(/workspace_|relation|select|insert|does not exist|\bat \//i)
  }
})

test('a DELETE that says JSON and sends nothing is taken: official clients do that', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Empty body' } })
  const reply = await test$.app.inject({
    method: 'DELETE',
    url: `/api:meta/workspace/${id}`,
    headers: { authorization, 'content-type': 'application/json' },
  })
  expect([reply.statusCode, reply.body]).toEqual([200, 'null'])
})

test('an escaped colon in the path is the same path', async () => {
  expect((await test$.app.inject({ url: '/api%3Ameta/auth/me', headers: { authorization } })).statusCode).toBe(200)
})

test('who may not call is told so before the body is looked at', async () => {
  const reply = await test$.app.inject({
    method: 'POST',
    url: '/api:meta/workspace',
    payload: '{torn',
    headers: { 'content-type': 'application/json' },
  })
  expect(reply.statusCode).toBe(401)
})

test('rows of the data source live need the letter of Live Data Source as well', async () => {
  const reply = await test$.app.inject({ url: '/api:meta/workspace/1/table/1/content', headers: { authorization } })
  expect(reply.statusCode).toBe(403)
  expect(reply.json()).toMatchObject({ payload: { scope: 'workspace:livedatasource:read' } })
  // However its name is written: what is taken for `live` later is `live` for the guard.
  for (const name of ['live', ' live ', '\u00a0live', '']) {
    const headers = { authorization, 'x-data-source': name }
    const { statusCode } = await test$.app.inject({ url: '/api:meta/workspace/1/table/1/content', headers })
    expect([name, statusCode]).toEqual([name, 403])
  }
})

test('every write leaves an audit record and one event for each list it makes stale', async () => {
  const seen: ServerEvent[] = []
  const stop = test$.deps.hub.subscribe((event) => seen.push(event))
  const made = await test$.call(createWorkspace, { body: { name: 'Audited' } })
  await test$.call(updateWorkspace, { params: { workspace_id: made.id }, body: { description: 'new' } })
  const records = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .where('workspace_id', '=', made.id)
    .orderBy('id')
    .execute()
  expect(records).toMatchObject([
    { action: 'workspaceCreate', actor_kind: 'token', target: { kind: 'workspace', id: made.id, name: 'Audited' } },
    { action: 'workspaceUpdate', detail: { changed: ['description'] } },
  ])
  await vi.waitFor(() =>
    expect(seen).toContainEqual({ type: 'changed', resource: 'workspaces', workspaceId: made.id, id: made.id }),
  )
  stop()
})

test('a refused write leaves no audit record', async () => {
  const count = async () => (await test$.database.db.selectFrom('audit_record').select('id').execute()).length
  const before = await count()
  await test$.call(createWorkspace, { body: { name: '' } }).catch(() => undefined)
  expect(await count()).toBe(before)
})

test('a record masks what a handler noted by mistake, of what was done and of what was refused', async () => {
  const careless = (id: string, isRefused: boolean) =>
    [
      endpoint({
        id,
        method: 'POST',
        path: `/api:console/test/${id}`,
        scope: 'any',
        bodyOptional: true,
        reply: z.null(),
      }),
      async ({ trail }: { trail: Trail }) => {
        trail.target = { kind: 'test', name: 'https://ann:hunter2@db/x' }
        trail.detail = { password: 'hunter2', list: [{ token: 'hunter2' }] }
        trail.before = { secret: 'hunter2' }
        trail.after = { url: 'https://a.b/c?token=hunter2' }
        if (isRefused) throw new AppError('access_denied', 'No.')
        return Promise.resolve(null)
      },
    ] as const
  const app = await buildApp(test$.deps, { consoleFolder: 'none' })
  const both = [careless('carelessDone', false), careless('carelessRefused', true)]
  for (const [declared, handler] of both) serve(app, declared, handler)
  for (const [{ path }] of both) await app.inject({ method: 'POST', url: path, headers: { authorization } })
  await app.close()
  const records = test$.database.db.selectFrom('audit_record').selectAll().where('action', 'like', 'careless%')
  const rows = await records.orderBy('id').execute()
  expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['carelessDone', 'done'],
    ['carelessRefused', 'refused'],
  ])
  expect(JSON.stringify(rows)).not.toContain('hunter2')
})

test('a write whose record cannot be kept is answered as a failure', async () => {
  const { pool } = test$.database
  await pool.query('alter table metadeck.audit_record rename to gone')
  const headers = { authorization }
  const reply = await test$.app.inject({ method: 'POST', url: '/api:meta/workspace', payload: { name: 'x' }, headers })
  await pool.query('alter table metadeck.gone rename to audit_record')
  expect(reply.statusCode).toBe(500)
})

test('health and readiness are open and every answer carries its request id', async () => {
  const health = await test$.app.inject({ url: '/healthz' })
  expect([health.statusCode, health.json()]).toEqual([200, { status: 'ok' }])
  expect(health.headers['x-request-id']).toMatch(/^[\w-]{27}$/)
  expect((await test$.app.inject({ url: '/readyz' })).json()).toMatchObject({ status: 'ready' })
})

test('an address that cannot be decoded, a doubled slash and other capitals stay in the contract’s shape', async () => {
  for (const [url, status] of [
    ['/api:meta/%', 400],
    ['/api:meta/workspace/%zz', 400],
    ['/api:meta//workspace', 404],
    ['/API:META/workspace', 404],
    ['/apispec:nowhere?type=json', 404],
  ] as const) {
    const reply = await test$.app.inject({ url, headers: { authorization } })
    expect([url, reply.statusCode]).toEqual([url, status])
    expect(Object.keys(reply.json())).toEqual(['code', 'message'])
  }
})

test('NUL and broken Unicode are refused with the field named, also by who is not signed in', async () => {
  const post = (url: string, payload: object) =>
    test$.app.inject({ method: 'POST', url, payload, headers: { authorization } })
  const nul = await post('/api:meta/workspace', { name: 'x', description: 'a\0b' })
  expect([nul.statusCode, nul.json()]).toMatchObject([400, { payload: { param: 'description' } }])
  const half = await test$.app.inject({
    method: 'POST',
    url: '/api:meta/workspace',
    payload: '{"name":"x\\ud800"}',
    headers: { authorization, 'content-type': 'application/json' },
  })
  expect([half.statusCode, half.json()]).toMatchObject([400, { payload: { param: 'name' } }])
  const search = await test$.app.inject({ url: '/api:meta/workspace/1/table?search=%00', headers: { authorization } })
  expect([400, 403]).toContain(search.statusCode)
  const stranger = await test$.app.inject({
    method: 'POST',
    url: '/api:console/session',
    payload: { email: 'a\0@b.co', password: 'x' },
  })
  expect(stranger.statusCode).toBe(400)
})

test('a body nested without end is refused, not a crash', async () => {
  const payload = `{"name":"x","preferences":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  const reply = await test$.app.inject({
    method: 'POST',
    url: '/api:meta/workspace',
    payload,
    headers: { authorization, 'content-type': 'application/json' },
  })
  expect(reply.statusCode).toBe(400)
})

const form = (fields: Record<string, string>): string =>
  `${Object.entries(fields)
    .map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--b--\r\n`

const postForm = (payload: string) =>
  test$.app.inject({
    method: 'POST',
    url: '/api:meta/workspace',
    payload,
    headers: { authorization, 'content-type': 'multipart/form-data; boundary=b' },
  })

test('text in a form stays text where text is wanted, whatever it looks like', async () => {
  expect((await postForm(form({ name: '2024', description: '{"a": 1}' }))).json()).toMatchObject({
    name: '2024',
    description: '{"a": 1}',
  })
})

test('a form value over the limit is refused, never cut; a torn form is 400', async () => {
  expect((await postForm(form({ name: 'x', description: 'y'.repeat(1_100_000) }))).statusCode).toBe(413)
  expect((await postForm('--b\r\ncontent-disposition: form-data; name="name"\r\n\r\nx')).statusCode).toBe(400)
})
