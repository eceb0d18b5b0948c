import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { registerConsole } from './serve-console.ts'

/** What browsers send with a page that is opened or reloaded. */
const PAGE = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

let app: FastifyInstance
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {}')
  app = Fastify()
  await registerConsole(app, folder)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

async function get(url: string, accept = '*/*') {
  const { statusCode, headers } = await app.inject({ url, headers: { accept } })
  return [statusCode, String(headers['content-type']).split(';')[0]]
}

it.each([
  '/audit?range=between&from=2026-11-20T09:15:00.000Z',
  '/members?q=ada@example.com',
  '/tokens?q=a.b',
  '/sign-in?next=%2Faudit%3Fto%3D2026-11-20T09:15:00.000Z',
  '/sign-in?next=/assets/x.js',
  '/tokens?a=1?b.c',
])('gives the page for %s, whatever its query ends in', async (url) => {
  expect(await get(url)).toEqual([200, 'text/html'])
})

it.each(['/account/security.html', '/w/1/tables/2/rows.csv', '/members/ada@example.com'])(
  'gives the page for %s when a page is asked for: it tells itself what it does not know',
  async (url) => {
    expect(await get(url, PAGE)).toEqual([200, 'text/html'])
  },
)

it.each(['/assets/main-gone.js', '/nothing.js', '/favicon.ico?v=1', '/assets/main-gone.js?v=a/b'])(
  'refuses %s, a file that is not there, to whatever loads files',
  async (url) => {
    expect(await get(url)).toEqual([404, 'application/json'])
  },
)

it('gives a file for ever and the page only after a question', async () => {
  const cache = async (url: string) => (await app.inject({ url })).headers['cache-control']
  expect(await cache('/assets/main-abc.js?x=1')).toBe('public, max-age=31536000, immutable')
  expect(await cache('/tokens?q=a.b')).toBe('no-cache')
})

it.each(['/api:console/nothing?x=1', '/healthz/a.b', '/rt/1?q=a.b'])('gives no page for %s', async (url) => {
  expect(await get(url, PAGE)).toEqual([404, 'application/json'])
})
