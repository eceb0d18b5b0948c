import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const get = (url: string, accept: string) => test$.app.inject({ url, headers: { accept } })

interface Document {
  paths: Record<string, Record<string, { operationId: string; 'x-scope': string }>>
  components: { schemas: Record<string, unknown> }
}

test('both addresses answer the document to programs, and a page to browsers', async () => {
  const document = await get('/api:meta', '*/*')
  expect(document.headers['content-type']).toMatch(/^application\/json/)
  expect(document.json()).toMatchObject({ openapi: '3.0.3', servers: [{ url: 'http://localhost/api:meta' }] })
  expect((await get('/apispec:meta?type=json', 'text/html')).body).toBe(document.body)
  const page = await get('/api:meta', 'text/html,application/xhtml+xml,*/*;q=0.8')
  expect(page.headers['content-type']).toMatch(/^text\/html/)
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
})

test('the page loads nothing but files that are served here', async () => {
  const page = await get('/api:meta', 'text/html')
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(addresses.filter((address) => !address.startsWith('/'))).toEqual([])
  const assets = addresses.filter((path) => path.startsWith('/api:meta/reference/'))
  const replies = await Promise.all(assets.map((address) => get(address, '*/*')))
  expect(replies.map((reply) => reply.statusCode)).toEqual(assets.map(() => 200))
})

test('every reference in the document leads somewhere, and no two operations share an id', async () => {
  const reply = await get('/api:meta', '*/*')
  const document = reply.json<Document>()
  const find = (path: string): unknown =>
    path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
  const targets = [...reply.body.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(targets.length).toBeGreaterThan(0)
  expect(targets.filter((path) => find(path) === undefined)).toEqual([])
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map((operation) => operation.operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(50)
})
