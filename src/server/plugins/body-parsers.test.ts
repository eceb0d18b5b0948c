import { afterAll, beforeAll, expect, test } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { insertToken } from '../resources/tokens/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let authorization: string
let workspaceId: number

beforeAll(async () => {
  test$ = await createTestApp()
  const input = { name: 't', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  authorization = `Bearer ${(await insertToken(test$.database.db, input, null, new Date())).secret}`
  workspaceId = (await test$.call(createWorkspace, { body: { name: 'Bodies' } })).id
})
afterAll(() => test$.close())

const post = (path: string, contentType: string, payload: Buffer) =>
  test$.app.inject({
    method: 'POST',
    url: `/api:meta/workspace${path}`,
    headers: { authorization, 'content-type': contentType },
    payload,
  })
const createFunction = (contentType: string, payload: Buffer) =>
  post(`/${workspaceId}/function?include_xanoscript=true`, contentType, payload)

test('bytes that are no UTF-8 are refused, in JSON and in documents', async () => {
  const json = Buffer.concat([Buffer.from('{"name":"bad'), Buffer.from([0xff]), Buffer.from('"}')])
  expect((await post('', 'application/json', json)).statusCode).toBe(400)
  const document = Buffer.concat([Buffer.from('function f {\n  // '), Buffer.from([0xff, 0xfe]), Buffer.from('\n}\n')])
  expect((await createFunction('text/x-xanoscript', document)).statusCode).toBe(400)
})

test('another charset is refused instead of being read as UTF-8', async () => {
  const document = Buffer.from('function f {\n}\n')
  const reply = await createFunction('text/x-xanoscript; charset=iso-8859-1', document)
  expect(reply.statusCode).toBe(415)
  expect(reply.json<{ message: string }>().message).toContain('UTF-8')
})

test('a document comes back byte for byte', async () => {
  const text = '\u{FEFF}// ümläut \u{1F680}\r\nfunction "fü" {\r\n}\r\n'
  const reply = await createFunction('text/x-xanoscript; charset="UTF-8"', Buffer.from(text))
  expect(reply.json<{ xanoscript: { value: string } }>().xanoscript.value).toBe(text)
})

test('JSON with a byte order mark is JSON', async () => {
  const reply = await post('', 'application/json', Buffer.from('\u{FEFF}{"name":"Marked"}'))
  expect(reply.statusCode).toBe(200)
})

test('an unknown content type is told what is taken', async () => {
  const reply = await createFunction('text/plain', Buffer.from('function f {\n}\n'))
  expect([reply.statusCode, reply.json<{ message: string }>().message]).toEqual([
    415,
    'This content type is not understood here. Send application/json or text/x-xanoscript.',
  ])
})

test('keys that reach for prototypes are refused for what they are, and torn JSON for what it is', async () => {
  const say = async (text: string) =>
    (await post('', 'application/json', Buffer.from(text))).json<{ message: string }>().message
  expect(await say('{"__proto__": {"a": 1}, "name": "x"}')).toMatch(/"__proto__"/)
  expect(await say('{"name": "x"')).toBe('The request body is not valid JSON.')
})

test('a body of faults is answered with some of them', async () => {
  const body = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, 1]))
  const reply = await post('', 'application/json', Buffer.from(JSON.stringify({ name: 'x', ...body })))
  const { payload } = reply.json<{ payload: { issues: unknown[] } }>()
  expect([reply.statusCode, payload.issues.length]).toEqual([400, 50])
})
