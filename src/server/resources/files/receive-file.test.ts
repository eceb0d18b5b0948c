import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { uploadFile } from '#api/contract/files.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { buildApp } from '../../app.ts'
import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'
import { storeMeasured } from './receive-file.ts'

const field = (name: string, value: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const part = (name: string, content: string, more = '; filename="a.txt"'): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\ncontent-type: text/plain\r\n\r\n${content}\r\n`
const END = '--b--\r\n'
const LEVEL_DEBUG = 20

describe('the form of an upload', () => {
  let app: TestApp
  let url: string
  let headers: Record<string, string>
  const servers: FastifyInstance[] = []

  beforeAll(async () => {
    app = await createTestApp()
    const workspaceId = await makeWorkspace(app.database, 'Shop', [])
    url = uploadFile.path.replace('{workspace_id}', String(workspaceId))
    const input = { name: 'raw', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
    const { secret } = await insertToken(app.database.db, input, null, app.deps.now())
    headers = { authorization: `Bearer ${secret}`, 'content-type': 'multipart/form-data; boundary=b' }
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await app.close()
  })

  const stored = (): string[] => readdirSync(join(app.dataDir, 'files'))
  const post = (payload: string, more: Record<string, string> = {}) =>
    app.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...more } })

  /** Sends a part of an upload to a server with a log of its own, and says no more. */
  async function breakOff(more: Record<string, string>): Promise<{ socket: Socket; logged: string[] }> {
    const logged: string[] = []
    const sink = { write: (line: string) => void logged.push(line) }
    const deps = { ...app.deps, log: pino({ level: 'debug' }, sink) }
    const server = await buildApp(deps, { consoleFolder: join(app.dataDir, 'no-console') })
    servers.push(server)
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    logged.length = 0
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    const lines = Object.entries({ host: 'localhost', ...headers, ...more, 'content-length': '500000' })
    socket.write(`POST ${url} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    socket.write(part('content', 'x'.repeat(200_000)).slice(0, 150_000))
    return { socket, logged }
  }

  it('may have its fields before or after the file', async () => {
    const file = part('content', 'x')
    for (const form of [field('access', 'private') + file, file + field('access', 'private')]) {
      const reply = await post(form + END)
      expect([reply.statusCode, reply.json()]).toMatchObject([200, { name: 'a.txt', access: 'private', size: 1 }])
    }
  })

  it('may call its file part "file", and may leave out the name', async () => {
    expect((await post(part('file', 'x') + END)).json()).toMatchObject({ name: 'a.txt' })
    const nameless = part('content', 'x', '').replace('text/plain', 'application/octet-stream')
    expect((await post(nameless + END)).json()).toMatchObject({ name: 'file', mime: 'application/octet-stream' })
  })

  it.each([
    ['two files', part('content', 'x') + part('file', 'y') + END, 400, 'file'],
    ['a file in another part', part('upload', 'x') + END, 400, 'upload'],
    ['text in place of the file', field('content', 'x') + END, 400, 'content'],
    ['a bad field behind the file', part('content', 'x') + field('type', 'book') + END, 400, 'type'],
    [
      'a field twice',
      field('access', 'private') + part('content', 'x') + field('access', 'public') + END,
      400,
      'access',
    ],
    ['an unknown field', part('content', 'x') + field('color', 'red') + END, 400, 'color'],
  ])('with %s is refused, and nothing stays', async (_what, form, status, param) => {
    const before = stored()
    const reply = await post(form)
    expect([reply.statusCode, reply.json()]).toMatchObject([status, { payload: { param } }])
    expect(stored()).toEqual(before)
  })

  it('that ends in the middle of the file is refused, and nothing stays', async () => {
    const before = stored()
    const reply = await post(part('content', 'x'.repeat(200_000)).slice(0, 150_000))
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'ERROR_CODE_INPUT_ERROR' }])
    expect(stored()).toEqual(before)
  })

  it('must be a form', async () => {
    const reply = await post('{}', { 'content-type': 'application/json' })
    expect(reply.statusCode).toBe(415)
  })

  it('that says it is larger than a file may be is refused unread', async () => {
    const before = stored()
    const reply = await post(part('content', 'x') + END, { 'content-length': '1100000000' })
    expect(reply.statusCode).toBe(413)
    expect(stored()).toEqual(before)
  })

  it('whose connection breaks leaves nothing', async () => {
    const before = stored()
    const { socket, logged } = await breakOff({})
    await expect.poll(() => stored().length).toBe(before.length + 1)
    socket.destroy()
    await expect.poll(stored).toEqual(before)
    await expect.poll(() => logged.join('')).toContain('the form of a request ended too early')
    expect(logged.filter((line) => (JSON.parse(line) as { level: number }).level > LEVEL_DEBUG)).toEqual([])
  })

  it('whose connection breaks can be sent again with the same Idempotency-Key', async () => {
    const before = stored()
    const { socket } = await breakOff({ 'idempotency-key': 'again' })
    await expect.poll(() => stored().length).toBe(before.length + 1)
    socket.destroy()
    const claimed = () => app.database.db.selectFrom('idempotency').selectAll().execute()
    await expect.poll(claimed).toEqual([])
    expect(stored()).toEqual(before)
  })
})

describe('storing a stream', () => {
  const keep = (names: string[]) => ({
    write: async (name: string, source: Readable) => {
      const chunks = (await source.toArray()) as Buffer[]
      names.push(name)
      return chunks.reduce((total, chunk) => total + chunk.length, 0)
    },
    read: () => Promise.reject(new Error('not read')),
    delete: () => Promise.resolve(),
    size: () => Promise.resolve(null),
  })

  it('measures it on the way and keeps its start to look at', async () => {
    const source = Readable.from([Buffer.from('hello '), Buffer.alloc(100_000, 'x')])
    const object = await storeMeasured(keep([]), 'a', source)
    expect(object).toMatchObject({ objectName: 'a', size: 100_006 })
    expect(object.sha256).toBe('8f1ece9f1790350826242cc3b6994ebc241cf29257d6b6c32ce2c367f2fd6046')
    expect(object.head.length).toBe(65_536)
    expect(object.head.subarray(0, 7).toString()).toBe('hello x')
  })

  it('stops at the limit, and stores nothing', async () => {
    const names: string[] = []
    const source = Readable.from([Buffer.alloc(6), Buffer.alloc(6)])
    await expect(storeMeasured(keep(names), 'a', source, 11)).rejects.toMatchObject({ code: 'too_large' })
    expect(names).toEqual([])
    expect(await storeMeasured(keep(names), 'a', Readable.from([Buffer.alloc(11)]), 11)).toMatchObject({ size: 11 })
  })
})
