import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Endpoint } from '#api/contract/endpoint.ts'

import { buildApp } from '../app.ts'
import { harmlessUrl, type Served, watchRoutes } from '../testing/operations.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let served: Served

beforeAll(async () => {
  ;({ built: test$, served } = await watchRoutes(createTestApp))
})
afterAll(() => test$.close())

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const isMeta = (path: string): boolean => /^\/api(spec)?:(?!console)/.test(path)

/** What takes this address, be it as the id of another path. */
function methodsAt(url: string): Set<string> {
  const fits = ({ path }: Endpoint): boolean => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(url)
  return new Set(served.endpoints.filter(fits).map(({ method }) => method))
}

test('a method that a known path does not take is refused with 405 and those that it takes', async () => {
  const urls = new Set(served.endpoints.map(harmlessUrl))
  expect(urls.size).toBeGreaterThan(100)
  for (const url of urls) {
    const taken = methodsAt(url)
    const other = METHODS.find((method) => !taken.has(method))
    if (other === undefined) continue
    const reply = await test$.app.inject({
      method: other,
      url,
      headers: { 'content-type': 'text/plain' },
      payload: 'x',
    })
    const code = isMeta(url) ? 'ERROR_CODE_NOT_FOUND' : 'method_not_allowed'
    expect([url, reply.statusCode, reply.json<{ code: string }>().code]).toEqual([url, 405, code])
    const allow = String(reply.headers.allow).split(', ')
    expect([url, [...taken].filter((method) => !allow.includes(method)), allow.includes(other)]).toEqual([
      url,
      [],
      false,
    ])
  }
})

test('OPTIONS tells the methods of a known path, and opens it to no other origin', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' }
  const reply = await test$.app.inject({ method: 'OPTIONS', url: '/api:console/session?x=1', headers })
  expect([reply.statusCode, reply.headers.allow, reply.body]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS, POST', ''])
  expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  expect(reply.headers['x-request-id']).toBeDefined()
})

test('a path that nothing is at stays unknown, by every method', async () => {
  for (const method of [...METHODS, 'OPTIONS'] as const) {
    for (const url of ['/api:console/nothing', '/api:meta/workspace/1/nothing', '/nothing.js']) {
      expect([method, url, (await test$.app.inject({ method, url })).statusCode]).toEqual([method, url, 404])
    }
  }
})

test('where the console is served, no path of an API gets its page', async () => {
  const folder = join(test$.dataDir, 'console')
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  const app = await buildApp(test$.deps, { consoleFolder: folder })
  const get = async (url: string) => {
    const { statusCode, headers } = await app.inject({ url })
    return [statusCode, String(headers['content-type']).split(';')[0], headers.allow]
  }
  expect(await get('/workspaces/4')).toEqual([200, 'text/html', undefined])
  expect(await get('/api:console/nothing')).toEqual([404, 'application/json', undefined])
  expect(await get('/api:console/session/passkey')).toEqual([405, 'application/json', 'OPTIONS, POST'])
  await app.close()
})

test('where the console is not served, an unknown path is refused in the words of the API as well', async () => {
  const config = { ...test$.deps.config, apis: new Set(['meta'] as const) }
  const app = await buildApp({ ...test$.deps, config }, { consoleFolder: 'none' })
  const reply = await app.inject({ url: '/api:meta/nothing' })
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'ERROR_CODE_NOT_FOUND'])
  const page = await app.inject({ url: '/some/page?secret=abc' })
  expect([page.statusCode, page.json<{ code: string }>().code, page.body.includes('abc')]).toEqual([
    404,
    'not_found',
    false,
  ])
  await app.close()
})

test('no answer of an API may be kept by a browser or a proxy', async () => {
  for (const endpoint of served.endpoints) {
    const { headers } = await test$.app.inject({ method: endpoint.method, url: harmlessUrl(endpoint) })
    expect([endpoint.id, headers['cache-control']]).toEqual([endpoint.id, 'no-store'])
  }
})
