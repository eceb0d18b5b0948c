import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import * as contract from '#api/contract/files.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { LINK_SECONDS } from './signed-link.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000002800000012c0806000000', 'hex')
const DIGITS = '0123456789'

describe('serving stored files', () => {
  let app: TestApp
  let workspace_id: number

  beforeAll(async () => {
    app = await createTestApp()
    workspace_id = await makeWorkspace(app.database, 'Shop', [])
  })
  afterAll(() => app.close())

  function upload(content: string | Buffer, name: string, mime: string, access = 'public'): Promise<contract.File> {
    return app.call(contract.uploadFile, {
      params: { workspace_id },
      body: { access: access as 'public' },
      file: { content: new Blob([new Uint8Array(Buffer.from(content))], { type: mime }), name },
    })
  }
  const get = (url: string | undefined, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.app.inject({ method, url: (url ?? '').replace('http://localhost', ''), headers })

  it('a public picture opens for everybody, in the page, and may be kept', async () => {
    const { url } = await upload(PNG, "Ünï (x)'s.png", 'image/png')
    const reply = await get(url)
    expect([reply.statusCode, reply.rawPayload]).toEqual([200, PNG])
    expect(reply.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-disposition': `inline; filename="Uni_x_s.png"; filename*=UTF-8''%C3%9Cn%C3%AF%20%28x%29%27s.png`,
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  it.each([
    ['<script>alert(1)</script>', 'page.html', 'text/html', 'application/octet-stream'],
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'x.svg', 'image/svg+xml', 'image/svg+xml'],
    ['<a/>', 'x.xml', 'application/xml', 'application/octet-stream'],
    ['alert(1)', 'x.js', 'text/javascript', 'application/octet-stream'],
    ['body{}', 'x.css', 'text/css', 'application/octet-stream'],
    ['%PDF-1.7', 'x.pdf', 'application/pdf', 'application/pdf'],
    ['<html>', 'x.png', 'image/png', 'application/octet-stream'],
    ['a,b', 'x.csv', 'text/csv', 'text/csv; charset=utf-8'],
  ])('%s as %s is a download that runs nothing', async (content, name, mime, type) => {
    const { headers, statusCode } = await get((await upload(content, name, mime)).url)
    expect([statusCode, headers['content-type']]).toEqual([200, type])
    expect(headers['content-disposition']).toMatch(/^attachment; filename="/)
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('a private file opens by its link alone, for fifteen minutes', async () => {
    const { url, path } = await upload('secret', 's.txt', 'text/plain', 'private')
    const reply = await get(url)
    expect([reply.statusCode, reply.body, reply.headers['cache-control']]).toEqual([200, 'secret', 'private, no-store'])
    expect((await get(path)).statusCode).toBe(403)
    expect((await get(path)).body).not.toContain('secret')
    app.advance((LINK_SECONDS + 1) * 1_000)
    const late = await get(url)
    expect([late.statusCode, late.json()]).toMatchObject([403, { code: 'access_denied', payload: { reason: 'link' } }])
    expect((await get(url, {}, 'HEAD')).statusCode).toBe(403)
    const { items } = await app.call(contract.listFiles, { params: { workspace_id }, query: { access: 'private' } })
    expect((await get(items[0]?.url)).statusCode).toBe(200)
  })

  it('a link opens no other file, and none once its end is changed', async () => {
    const one = new URL((await upload('one', 'one.txt', 'text/plain', 'private')).url ?? '')
    const two = await upload('two', 'two.txt', 'text/plain', 'private')
    expect((await get(`${two.path}${one.search}`)).statusCode).toBe(403)
    one.searchParams.set('expires', String(Number(one.searchParams.get('expires')) + 60))
    expect((await get(`${one.pathname}${one.search}`)).statusCode).toBe(403)
  })

  it.each([
    '/vault/',
    '/vault/nothing',
    '/vault/AAAAAAAAAAAAAAAAAAAAAAAA/x.txt',
    '/vault/../../etc/passwd',
    '/vault/%2e%2e/%2e%2e/etc/passwd',
    '/vault/..%2f..%2fetc%2fpasswd',
    '/vault/a/%00',
    `/vault/a/${'x'.repeat(5_000)}`,
  ])('there is nothing at %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404)
  })

  it('a file whose object is lost answers 404, in a way that no cache keeps', async () => {
    const file = await upload('lost', 'lost.txt', 'text/plain')
    const row = await app.database.db.selectFrom('file').selectAll().where('id', '=', file.id).executeTakeFirstOrThrow()
    await app.deps.files.delete(row.object_name)
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers } = await get(file.url, {}, method)
      expect([statusCode, headers['cache-control']]).toEqual([404, 'no-store'])
      for (const name of ['etag', 'content-disposition', 'accept-ranges']) {
        expect(headers).not.toHaveProperty(name)
      }
    }
  })

  it('who has the content is told so, and gets none', async () => {
    const { url } = await upload(DIGITS, 'd.txt', 'text/plain')
    const etag = String((await get(url)).headers.etag)
    const same = await get(url, { 'if-none-match': `"x", W/${etag}` })
    expect([same.statusCode, same.body]).toEqual([304, ''])
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  it('a range is answered as one, what is not there with 416', async () => {
    const { url } = await upload(DIGITS, 'r.txt', 'text/plain')
    const part = await get(url, { range: 'bytes=2-4' })
    expect([part.statusCode, part.body]).toEqual([206, '234'])
    expect(part.headers).toMatchObject({
      'content-range': 'bytes 2-4/10',
      'content-length': '3',
      'accept-ranges': 'bytes',
    })
    const beyond = await get(url, { range: 'bytes=10-' })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10'])
    expect((await get(url, { range: 'bytes=2-4', 'if-range': '"older"' })).body).toBe(DIGITS)
    expect((await get(url, { range: 'bytes=0-1,3-4' })).body).toBe(DIGITS)
  })

  it('HEAD tells the length and sends nothing; an empty file is served', async () => {
    const { url } = await upload(DIGITS, 'h.txt', 'text/plain')
    const head = await get(url, {}, 'HEAD')
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, '10', ''])
    const empty = await get((await upload('', 'e.txt', 'text/plain')).url)
    expect([empty.statusCode, empty.headers['content-length'], empty.body]).toEqual([200, '0', ''])
  })
})
