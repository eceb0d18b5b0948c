import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../app.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
/** With a console, and behind TLS. */
let app: FastifyInstance
let authorization: string
let workspaceId: number

beforeAll(async () => {
  test$ = await createTestApp()
  const consoleFolder = join(test$.dataDir, 'console')
  mkdirSync(join(consoleFolder, 'assets'), { recursive: true })
  writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html>')
  writeFileSync(join(consoleFolder, 'assets', 'a.js'), '')
  const config = { ...test$.deps.config, publicUrl: 'https://deck.example' }
  app = await buildApp({ ...test$.deps, config }, { consoleFolder })
  workspaceId = (await test$.call(createWorkspace, { body: { name: 'Headers' } })).id
  const input = { name: 't', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  const owner = await test$.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()
  authorization = `Bearer ${(await insertToken(test$.database.db, input, owner.id, new Date())).secret}`
})
afterAll(async () => {
  await app.close()
  await test$.close()
})

type Headers = Record<string, number | string | string[] | undefined>

function expectStrict(what: string, headers: Headers): void {
  const policy = String(headers['content-security-policy'])
  expect([what, policy]).toEqual([what, expect.stringContaining("frame-ancestors 'none'")])
  expect(policy).not.toMatch(/unsafe-|https?:|\*/)
  for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"]) {
    expect(policy.split('; ')).toContain(rule)
  }
  expect([what, headers]).toMatchObject([
    what,
    {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/camera=\(\).*publickey-credentials-get=\(self\)/),
    },
  ])
}

test('every kind of answer has the strict headers: pages, files, operations, refusals and errors', async () => {
  const seen: [string, number][] = []
  const answers: [string, number, object][] = [
    ['/', 200, {}],
    ['/tokens/new', 200, {}],
    ['/assets/a.js', 200, {}],
    ['/assets/none.js', 404, {}],
    ['/healthz', 200, {}],
    ['/api:meta', 200, { headers: { accept: 'text/html' } }],
    ['/api:meta/reference/swagger-ui.css', 200, {}],
    ['/api:meta/workspace', 200, { headers: { authorization } }],
    ['/api:meta/workspace', 401, {}],
    ['/api:meta/workspace', 400, { method: 'POST', headers: { authorization }, payload: {} }],
    ['/api:meta/nothing', 404, {}],
    ['/api:console/tokens', 403, { headers: { authorization } }],
    ['/api:console/session', 403, { method: 'POST', headers: { origin: 'https://evil.example' } }],
    [`/api:meta/workspace/${workspaceId}/export`, 200, { method: 'POST', headers: { authorization }, payload: {} }],
    ['/api:meta/%', 400, {}],
    [`/api:meta/workspace/${'9'.repeat(600)}`, 404, {}],
  ]
  for (const [url, status, more] of answers) {
    const reply = await app.inject({ url, ...more })
    seen.push([url, reply.statusCode])
    expectStrict(`${status} ${url}`, reply.headers)
  }
  expect(seen).toEqual(answers.map(([url, status]) => [url, status]))
})

test('word for word: a source or a feature that is added to the headers is added here, too', async () => {
  const { headers } = await app.inject({ url: '/' })
  expect(String(headers['content-security-policy']).split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
  expect(headers).toMatchObject({ 'x-permitted-cross-domain-policies': 'none', 'origin-agent-cluster': '?1' })
  const features = String(headers['permissions-policy']).split(', ')
  expect(features.filter((feature) => !feature.endsWith('=()'))).toEqual([
    'clipboard-write=(self)',
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
  ])
  for (const name of ['camera', 'microphone', 'geolocation', 'display-capture', 'clipboard-read', 'payment', 'usb']) {
    expect(features).toContain(`${name}=()`)
  }
})

test('an answer of a server without a console has them, too', async () => {
  const config = { ...test$.deps.config, apis: new Set(['meta'] as const) }
  const bare = await buildApp({ ...test$.deps, config }, { consoleFolder: 'none' })
  for (const [url, status] of [
    ['/', 404],
    ['/api:meta/workspace', 401],
  ] as const) {
    const reply = await bare.inject({ url })
    expect(reply.statusCode).toBe(status)
    expectStrict(url, reply.headers)
  }
  await bare.close()
})

test('nothing is kept by browsers and proxies but what is the same for everybody', async () => {
  const post = { method: 'POST', headers: { authorization }, payload: {} } as const
  const answers: [string, string, object][] = [
    ['/', 'no-cache', {}],
    ['/assets/a.js', 'public, max-age=31536000, immutable', {}],
    ['/assets/none.js', 'no-store', {}],
    ['/api:meta/reference/swagger-ui.css', 'public, max-age=0', {}],
    ['/api:meta/workspace', 'no-store', { headers: { authorization } }],
    ['/api:meta/workspace', 'no-store', {}],
    ['/api:meta/workspace', 'no-store', post],
    ['/api:console/tokens', 'no-store', { headers: { authorization } }],
    ['/api:console/session', 'no-store', { method: 'POST', payload: OWNER }],
    [`/api:meta/workspace/${workspaceId}/export`, 'no-store', post],
    ['/api:meta/%', 'no-store', {}],
  ]
  for (const [url, kept, more] of answers) {
    expect([url, (await app.inject({ url, ...more })).headers['cache-control']]).toEqual([url, kept])
  }
})

test('HSTS is sent where the public address is https, and only there', async () => {
  for (const url of ['/', '/healthz', '/api:meta/workspace', '/nothing.js', '/api:meta/%']) {
    expect((await app.inject({ url })).headers['strict-transport-security']).toBe('max-age=31536000')
    expect((await test$.app.inject({ url })).headers).not.toHaveProperty('strict-transport-security')
  }
})

test('a socket that is refused is refused with them', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.end(
    'GET /api:console/events HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\norigin: https://evil.example\r\n\r\n',
  )
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  expect(text).toMatch(/^HTTP\/1.1 401 /)
  expect(text).toMatch(/\r\ncontent-security-policy: default-src 'none'/i)
  expect(text).toMatch(/\r\ncache-control: no-store/i)
})

test('what is no whole HTTP request is refused with them', async () => {
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.end('GET / HTTP/1.1\r\nhost: x\r\nno header\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const lines = head
    .split('\r\n')
    .map((line): [string, string] => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)])
  expect([lines[0]?.[0], JSON.parse(body)]).toEqual([
    'HTTP/1.1 400 Bad Request',
    { code: 'ERROR_CODE_INPUT_ERROR', message: 'The request is not a whole HTTP request.' },
  ])
  expectStrict('torn', Object.fromEntries(lines))
  expect(Object.fromEntries(lines)).toMatchObject({ 'strict-transport-security': 'max-age=31536000' })
})
