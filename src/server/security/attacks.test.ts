import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { addMember } from '../resources/members/member-fixture.ts'
import { plantSessions, plantTokens } from '../testing/callers.ts'
import { harmlessUrl, type Served, watchRoutes } from '../testing/operations.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let served: Served
let ownerId: number
let session: Record<string, string>
let token: Record<string, string>
let workspaceId: number

beforeAll(async () => {
  ;({ built: test$, served } = await watchRoutes(createTestApp))
  ownerId = (await test$.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()).id
  workspaceId = (await test$.call(createWorkspace, { body: { name: 'Attacked' } })).id
  token = (await plantTokens(test$.database, ownerId, [{ scopes: ALL_SCOPES }]))[0] ?? {}
  session = await newSession()
})
afterAll(() => test$.close())

const newSession = async () => (await plantSessions(test$.database, [{ userId: ownerId }]))[0] ?? {}
/** The address of the app, which listens from the first time on. */
const listening = async (): Promise<string> => {
  if (!test$.app.server.listening) await test$.app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(test$.app.server.address() as AddressInfo).port}`
}
const openSocket = async (headers: Record<string, string>): Promise<WebSocket> => {
  const { ticket } = await test$.callWith(headers)(createEventTicket)
  const address = `${(await listening()).replace('http', 'ws')}${EVENTS_PATH}`
  const socket = new WebSocket(address, [EVENTS_PROTOCOL, `${EVENTS_TICKET_PREFIX}${ticket}`])
  await once(socket, 'open')
  return socket
}
const writes = (): Endpoint[] => served.endpoints.filter(({ method }) => method !== 'GET')

describe('session fixation', () => {
  test('the cookie that a browser brings to the sign-in is never taken over, known or not', async () => {
    const known = await newSession()
    for (const before of [{ cookie: 'metadeck_session=chosen-by-somebody-else-0123456789' }, known]) {
      const reply = await test$.app.inject({
        method: 'POST',
        url: '/api:console/session',
        headers: before,
        payload: { email: OWNER.email, password: OWNER.password },
      })
      expect(reply.statusCode).toBe(200)
      expect(before.cookie).not.toContain(reply.cookies[0]?.value)
      const asBefore = await test$.app.inject({ url: '/api:console/session', headers: before })
      expect(asBefore.statusCode).toBe(401)
    }
  })
})

describe('requests that a page of another site sends with the cookie', () => {
  const FOREIGN = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    // A neighbour below the same domain is not the console.
    { 'sec-fetch-site': 'same-site' },
  ]

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=x&email=a%40b.co'],
    ['a form with parts', 'multipart/form-data; boundary=b', '--b--\r\n'],
    ['a form of plain text', 'text/plain', '{"name":"x","a":"="}'],
    ['fetch without a preflight', 'text/plain;charset=UTF-8', '{"name":"x"}'],
    ['fetch that was let through', 'application/json', '{"name":"x"}'],
  ])('%s changes nothing', async (_what, type, payload) => {
    for (const headers of FOREIGN) {
      for (const url of ['/api:meta/workspace', '/api:console/tokens', '/api:console/session', '/api:console/sample']) {
        const reply = await test$.app.inject({
          method: 'POST',
          url,
          headers: { ...session, ...headers, 'content-type': type },
          payload,
        })
        expect([url, reply.statusCode, reply.json<{ payload: unknown }>().payload]).toEqual([
          url,
          403,
          { reason: 'cross_origin' },
        ])
      }
    }
    expect((await test$.app.inject({ url: '/api:console/session', headers: session })).statusCode).toBe(200)
  })

  test('no answer lets a page of another origin read it, and no preflight is let through', async () => {
    const origin = 'https://evil.example'
    const preflight = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x' }
    for (const endpoint of served.endpoints.filter((_one, at) => at % 7 === 0)) {
      const url = harmlessUrl(endpoint)
      const replies = [
        await test$.app.inject({ method: 'OPTIONS', url, headers: preflight }),
        await test$.app.inject({ url, headers: { ...session, origin } }),
      ]
      for (const { headers } of replies) {
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
      }
      expect([replies[0]?.statusCode, replies[0]?.headers.allow]).toEqual([
        204,
        expect.stringContaining(endpoint.method),
      ])
    }
  })

  test('a socket opens by a ticket only: the cookie that a foreign page sends along is no use', async () => {
    const address = await listening()
    const headers = { ...session, origin: 'https://evil.example' }
    for (const protocols of [[], [EVENTS_PROTOCOL], [EVENTS_PROTOCOL, `${EVENTS_TICKET_PREFIX}guess`]]) {
      const socket = new WebSocket(`${address.replace('http', 'ws')}${EVENTS_PATH}`, protocols, { headers })
      const [error] = (await once(socket, 'error')) as [Error]
      expect(error.message).toBe('Unexpected server response: 401')
    }
    // And the ticket is given to no such page.
    const ticket = await test$.app.inject({ method: 'POST', url: '/api:console/events/ticket', headers })
    expect(ticket.statusCode).toBe(403)
  })
})

test('an open socket tells nothing of a workspace that its person was taken out of', async () => {
  const reach = { scopes: { 'instance:workspace': 'r' }, workspaces: [workspaceId] }
  const member = await addMember(test$, 'member', reach)
  const theirs = await openSocket(member.headers)
  const control = await openSocket(session)
  let heard = 0
  theirs.on('message', () => (heard += 1))
  /** What the member hears of two changes, once the owner has heard of both. */
  const hear = async (): Promise<number> => {
    const before = heard
    for (const description of ['one', 'two']) {
      const told = once(control, 'message')
      await test$.call(updateWorkspace, { params: { workspace_id: workspaceId }, body: { description } })
      await told
    }
    return heard - before
  }
  expect(await hear()).toBeGreaterThan(0)
  await test$.database.db.updateTable('user').set({ workspaces: [] }).where('id', '=', member.id).execute()
  // Rights are looked at again every few seconds.
  await expect.poll(hear, { interval: 250 }).toBe(0)
  for (const socket of [theirs, control]) socket.close()
})

describe('addresses of other sites', () => {
  const EVIL = ['//evil.example', '/\\evil.example', 'https://evil.example', '/%5Cevil.example', '/\t/evil.example']

  test('no answer sends the browser to another site, whatever it is asked', async () => {
    const open = served.endpoints.filter(({ method, scope }) => method === 'GET' && scope === 'public')
    expect(open.length).toBeGreaterThan(4)
    for (const evil of EVIL) {
      const query = ['next', 'returnTo', 'redirect_uri', 'url', 'continue']
        .map((name) => `${name}=${encodeURIComponent(evil)}`)
        .join('&')
      for (const path of [...open.map(harmlessUrl), '/', '/sign-in', `/${evil}/..`, evil.replaceAll('\t', '%09')]) {
        const { headers } = await test$.app.inject({ url: `${path}?${query}`, headers: session })
        const location = headers.location ?? '/'
        expect([path, new URL(location, 'http://localhost').host]).toEqual([path, 'localhost'])
      }
    }
  })

  test('the host that a request names does not become ours: links are built from the configured address', async () => {
    const headers = { ...token, host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp' }
    for (const url of ['/api:meta/instance', '/api:meta', '/api:meta/auth/me', `/api:meta/workspace/${workspaceId}`]) {
      const reply = await test$.app.inject({ url, headers })
      expect([url, reply.statusCode, reply.body.includes('evil.example')]).toEqual([url, 200, false])
    }
  })
})

describe('header injection', () => {
  const BREAK = 'x\r\nset-cookie: metadeck_session=planted\r\nx: "y'

  test('names with line breaks are refused or lose them where they become a header', async () => {
    const made = await test$.app.inject({
      method: 'POST',
      url: '/api:meta/workspace',
      headers: token,
      payload: { name: BREAK },
    })
    const id = made.statusCode === 200 ? made.json<{ id: number }>().id : workspaceId
    await test$.database.db.updateTable('workspace').set({ name: BREAK }).where('id', '=', id).execute()
    const reply = await test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${id}/export`,
      headers: token,
      payload: {},
    })
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.xano"$/)
  })

  test('a file’s name with line breaks, quotes and semicolons stays inside of its header', async () => {
    const names = ['a"; filename="evil.html', 'a%0d%0aset-cookie: x=1', 'a;b\\".txt', '../../etc/passwd', 'ü\u2028.txt']
    for (const name of names) {
      const part = `--b\r\ncontent-disposition: form-data; name="content"; filename*=UTF-8''${encodeURIComponent(name)}\r\ncontent-type: text/html\r\n\r\n<script>\r\n--b--\r\n`
      const made = await test$.app.inject({
        method: 'POST',
        url: `/api:meta/workspace/${workspaceId}/file`,
        headers: { ...token, 'content-type': 'multipart/form-data; boundary=b' },
        payload: part,
      })
      expect([name, made.statusCode]).toEqual([name, 200])
      const { headers } = await test$.app.inject({ url: made.json<{ path: string }>().path })
      expect(headers['set-cookie']).toBeUndefined()
      expect(String(headers['content-disposition'])).toMatch(
        /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/,
      )
    }
  })

  test('what a request says of itself comes back in no header', async () => {
    const { headers } = await test$.app.inject({
      url: '/api:meta/workspace',
      headers: {
        ...token,
        'x-request-id': 'planted',
        'x-data-source': 'planted',
        'if-match': '"planted"',
        via: 'planted',
      },
    })
    expect(JSON.stringify(headers)).not.toContain('planted')
  })
})

describe('prototype pollution', () => {
  const JSON_ATTACKS = [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"name":"x","a":[{"__proto__":{"polluted":true}}]}',
    '{"name":"x","scopes":{"__proto__":{"polluted":"crud"}}}',
    '{"\\u005f_proto__":{"polluted":true}}',
  ]

  function expectClean(): void {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(([] as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  }

  test('every operation that takes JSON refuses keys that reach for prototypes', async () => {
    const taking = writes().filter(({ bodyKind }) => bodyKind === 'json')
    expect(taking.length).toBeGreaterThan(100)
    const wrong: string[] = []
    for (const [at, endpoint] of taking.entries()) {
      // One parser reads them all: each operation meets one of the attacks, the first ones all of them.
      for (const payload of at < 5 ? JSON_ATTACKS : JSON_ATTACKS.slice(at % 5, (at % 5) + 1)) {
        const reply = await test$.app.inject({
          method: endpoint.method,
          url: harmlessUrl(endpoint),
          headers: {
            ...(endpoint.scope === 'session' ? session : token),
            'content-type': 'application/json',
          },
          payload,
        })
        if (reply.statusCode !== 400) wrong.push(`${endpoint.id}: ${reply.statusCode} ${payload}`)
      }
    }
    expect(wrong).toEqual([])
    expectClean()
  })

  test('neither do form fields, JSON in form fields, or the query reach them', async () => {
    const field = (name: string, value: string): string =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const forms = [
      field('name', 'x') + field('__proto__', '{"polluted":true}'),
      field('name', 'x') + field('constructor', '{"prototype":{"polluted":true}}'),
      field('name', 'x') + field('preferences', '{"__proto__":{"polluted":true}}'),
    ]
    for (const form of forms) {
      const reply = await test$.app.inject({
        method: 'POST',
        url: '/api:meta/workspace',
        headers: { ...token, 'content-type': 'multipart/form-data; boundary=b' },
        payload: `${form}--b--\r\n`,
      })
      expect([form, reply.statusCode]).toEqual([form, 400])
    }
    for (const query of ['__proto__[polluted]=1', '__proto__=1', 'constructor[prototype][polluted]=1']) {
      const reply = await test$.app.inject({ url: `/api:meta/workspace?${query}`, headers: token })
      expect(reply.statusCode).toBeLessThan(500)
    }
    expectClean()
  })

  test('rows keep what is data: an object with such keys in a JSON column changes nothing here', async () => {
    const reply = await test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${workspaceId}/table/1/content`,
      headers: { ...token, 'content-type': 'application/json' },
      payload: '{"data":{"__proto__":{"polluted":true}}}',
    })
    expect(reply.statusCode).toBe(400)
    expectClean()
  })
})
