import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { getSession, signIn, signOut } from '#api/contract/session.ts'

import { buildApp } from '../app.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

const PUBLIC_URL = 'https://deck.example'
const payload = { email: OWNER.email, password: OWNER.password }

let test$: TestApp
/** Behind TLS, with a public address. */
let app: FastifyInstance

beforeAll(async () => {
  test$ = await createTestApp()
  const config = { ...test$.deps.config, publicUrl: PUBLIC_URL }
  app = await buildApp({ ...test$.deps, config, publicUrl: () => PUBLIC_URL }, { consoleFolder: 'none' })
})
afterAll(async () => {
  await app.close()
  await test$.close()
})

const signInFrom = (headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: signIn.path, payload, headers })

test('where a public address is set, only its pages change anything: scheme, host and port count', async () => {
  for (const origin of ['https://deck.example', 'https://deck.example:443', 'https://DECK.example']) {
    expect([origin, (await signInFrom({ origin, host: '10.0.0.7:4000' })).statusCode]).toEqual([origin, 200])
  }
  const foreign = [
    'http://deck.example',
    'https://deck.example:8443',
    'https://deck.example.evil.example',
    'https://deck.example@evil.example',
    'https://other.deck.example',
    'null',
  ]
  for (const origin of foreign) {
    const reply = await signInFrom({ origin, host: 'deck.example' })
    expect([origin, reply.statusCode, reply.json()]).toMatchObject([
      origin,
      403,
      { message: expect.stringContaining(PUBLIC_URL), payload: { reason: 'cross_origin' } },
    ])
  }
})

test('a name that was bent to this server makes no page ours', async () => {
  const bent = { origin: 'http://evil.example:4000', host: 'evil.example:4000' }
  expect((await signInFrom(bent)).statusCode).toBe(403)
})

test('a program, which names no page, signs in without one', async () => {
  expect((await signInFrom({})).statusCode).toBe(200)
})

test('over https the session travels in a cookie that no other host can set, there and back', async () => {
  const [cookie] = (await signInFrom({ origin: PUBLIC_URL })).cookies
  expect(cookie).toMatchObject({ name: '__Host-metadeck_session', path: '/', secure: true, httpOnly: true })
  expect(cookie).not.toHaveProperty('domain')
  const value = cookie?.value ?? ''
  const ask = async (text: string) => (await app.inject({ url: getSession.path, headers: { cookie: text } })).statusCode
  expect(await ask(`__Host-metadeck_session=${value}`)).toBe(200)
  // What a neighbour below the same domain planted is not looked at, beside the real one or alone.
  expect(await ask(`metadeck_session=planted; __Host-metadeck_session=${value}`)).toBe(200)
  expect(await ask(`metadeck_session=${value}`)).toBe(401)
  const out = await app.inject({
    method: signOut.method,
    url: signOut.path,
    headers: { cookie: `__Host-metadeck_session=${value}`, origin: PUBLIC_URL },
  })
  // A browser drops a cookie of that name only where the answer is as strict as the one that set it.
  expect(out.cookies[0]).toMatchObject({ name: '__Host-metadeck_session', value: '', path: '/', secure: true })
  expect(await ask(`__Host-metadeck_session=${value}`)).toBe(401)
})

test('over plain http the cookie keeps its plain name, and the other one opens nothing', async () => {
  const reply = await test$.app.inject({ method: 'POST', url: signIn.path, payload })
  expect(reply.cookies[0]).toMatchObject({ name: 'metadeck_session' })
  const headers = { cookie: `__Host-metadeck_session=${reply.cookies[0]?.value ?? ''}` }
  expect((await test$.app.inject({ url: getSession.path, headers })).statusCode).toBe(401)
})
