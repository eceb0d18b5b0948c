import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ServerEvent } from '#api/contract/events.ts'
import * as contract from '#api/contract/files.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000002800000012c0806000000', 'hex')

describe('stored files', () => {
  let app: TestApp
  let shop: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [])
  })
  afterAll(() => app.close())

  const stored = (): string[] => readdirSync(join(app.dataDir, 'files'))

  function upload(
    content: string | Buffer,
    options: { name?: string; mime?: string; body?: object; workspace?: number } = {},
  ): Promise<contract.File> {
    const { name = 'a.txt', mime = 'text/plain', body = {}, workspace = shop } = options
    return app.call(contract.uploadFile, {
      params: { workspace_id: workspace },
      body,
      file: { content: new Blob([new Uint8Array(Buffer.from(content))], { type: mime }), name },
    })
  }

  const list = (query: object = {}, workspace_id = shop) =>
    app.call(contract.listFiles, { params: { workspace_id }, query })

  it('an upload is stored, measured and answered with its address', async () => {
    const file = await upload(PNG, { name: 'pixel.png', mime: 'image/png', body: { type: 'image' } })
    expect(file).toMatchObject({
      name: 'pixel.png',
      size: PNG.length,
      type: 'image',
      mime: 'image/png',
      access: 'public',
      meta: { width: 640, height: 300 },
    })
    expect(file.path).toMatch(/^\/vault\/[0-9A-Za-z]{24}\/pixel\.png$/)
    expect(file.url).toBe(`http://localhost${file.path}`)
    expect(file.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000$/)
    const row = await app.database.db.selectFrom('file').selectAll().where('id', '=', file.id).executeTakeFirstOrThrow()
    expect(await readFile(join(app.dataDir, 'files', row.object_name))).toEqual(PNG)
  })

  it('without a type a file is an attachment, whatever it holds', async () => {
    expect(await upload(PNG, { mime: 'image/png' })).toMatchObject({ type: 'attachment', mime: 'image/png' })
    expect(await upload('x', { mime: 'text/csv' })).toMatchObject({ type: 'attachment', mime: 'text/csv', meta: {} })
  })

  it.each([
    ['text that says it is a picture', 'hello', 'image/png', 'image'],
    ['a picture that says it is a page', PNG, 'text/html', 'image'],
    ['a picture where a video is asked for', PNG, 'video/mp4', 'video'],
  ])('%s is refused with the type named, and nothing of it stays', async (_what, content, mime, type) => {
    const before = stored()
    await expect(upload(content, { mime, body: { type } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'type' },
    })
    expect(stored()).toEqual(before)
  })

  it.each([
    ['../../../../etc/passwd', 'passwd', 'passwd'],
    ['фото 🏖.png', 'фото 🏖.png', 'file.png'],
    ['CON.txt', 'CON.txt', '_CON.txt'],
    [`${'n'.repeat(400)}.txt`, `${'n'.repeat(251)}.txt`, `${'n'.repeat(96)}.txt`],
  ])('the name %j is kept as %j, and its address is harmless', async (sent, name, slug) => {
    const file = await upload('x', { name: sent })
    expect(file.name).toBe(name)
    expect(file.path.split('/').slice(3)).toEqual([slug])
    expect(stored().every((object) => /^w\d+-[0-9a-f-]{36}$/.test(object))).toBe(true)
    expect((await app.app.inject({ url: file.path })).body).toBe('x')
  })

  it('two files of one name lie side by side', async () => {
    const [one, two] = [await upload('one'), await upload('two')]
    expect(one.path).not.toBe(two.path)
    expect((await app.app.inject({ url: one.path })).body).toBe('one')
  })

  it('an unknown field, a wrong access and an unknown workspace are refused', async () => {
    await expect(upload('x', { body: { nope: 1 } })).rejects.toMatchObject({ status: 400, payload: { param: 'nope' } })
    await expect(upload('x', { body: { access: 'secret' } })).rejects.toMatchObject({ payload: { param: 'access' } })
    await expect(upload('x', { body: { type: 'attachment' } })).rejects.toMatchObject({ payload: { param: 'type' } })
    await expect(upload('x', { workspace: 99_999 })).rejects.toMatchObject({ status: 404 })
    await expect(app.call(contract.uploadFile, { params: { workspace_id: shop }, body: {} })).rejects.toMatchObject({
      status: 400,
      message: 'Missing param: content',
      payload: { param: 'content' },
    })
  })

  it('each operation asks for its own scope, and for the workspace', async () => {
    const params = { workspace_id: shop }
    const reader = await app.callAs({ 'workspace:file': 'r' })
    await reader(contract.listFiles, { params })
    await expect(
      reader(contract.uploadFile, { params, body: {}, file: { content: new Blob(['x']), name: 'x' } }),
    ).rejects.toMatchObject({ status: 403, payload: { scope: 'workspace:file:create' } })
    await expect(reader(contract.deleteFile, { params: { ...params, file_id: 1 } })).rejects.toMatchObject({
      payload: { scope: 'workspace:file:delete' },
    })
    await expect(reader(contract.bulkDeleteFiles, { params, body: { ids: [1] } })).rejects.toMatchObject({
      payload: { scope: 'workspace:file:delete' },
    })
    const writer = await app.callAs({ 'workspace:file': 'cd' })
    await expect(writer(contract.listFiles, { params })).rejects.toMatchObject({
      payload: { scope: 'workspace:file:read' },
    })
    const elsewhere = await app.callAs({ 'workspace:file': 'crd' }, [shop + 1])
    await expect(elsewhere(contract.listFiles, { params })).rejects.toMatchObject({ status: 403 })
  })

  it('a list is searched, filtered, sorted and paged as asked', async () => {
    const own = await makeWorkspace(app.database, 'Listed', [])
    const body = { type: 'image', access: 'private' }
    await upload(PNG, { name: 'Beach.png', mime: 'image/png', body, workspace: own })
    for (const name of ['beach.txt', 'city.txt', 'alps.txt']) await upload('x', { name, workspace: own })
    const names = async (query: object): Promise<string[]> => (await list(query, own)).items.map((item) => item.name)
    expect(await names({})).toEqual(['alps.txt', 'city.txt', 'beach.txt', 'Beach.png'])
    expect(await names({ search: 'BEACH', sort: 'created_at', order: 'asc' })).toEqual(['Beach.png', 'beach.txt'])
    expect(await names({ search: '%' })).toEqual([])
    expect(await names({ type: 'image' })).toEqual(['Beach.png'])
    expect(await names({ access: 'public', sort: 'name', order: 'asc' })).toEqual(['alps.txt', 'beach.txt', 'city.txt'])
    expect(await list({ per_page: 3 }, own)).toMatchObject({ curPage: 1, nextPage: 2, prevPage: null })
    expect(await list({ per_page: 3, page: 2 }, own)).toMatchObject({ nextPage: null, prevPage: 1 })
    await expect(list({ per_page: 10_001 }, own)).rejects.toMatchObject({ payload: { param: 'per_page' } })
    await expect(list({ type: 'book' }, own)).rejects.toMatchObject({ payload: { param: 'type' } })
    await expect(list({}, 99_999)).rejects.toMatchObject({ status: 404 })
  })

  it('a deleted file is gone from list, store and address', async () => {
    const file = await upload('bye')
    const before = stored().length
    const params = { workspace_id: shop, file_id: file.id }
    expect(await app.call(contract.deleteFile, { params })).toBeNull()
    expect(stored().length).toBe(before - 1)
    expect((await app.app.inject({ url: file.path })).statusCode).toBe(404)
    await expect(app.call(contract.deleteFile, { params })).rejects.toMatchObject({ status: 404 })
  })

  it('another workspace’s file is not there to delete', async () => {
    const other = await makeWorkspace(app.database, 'Other', [])
    const file = await upload('mine')
    const params = { workspace_id: other }
    await expect(app.call(contract.deleteFile, { params: { ...params, file_id: file.id } })).rejects.toMatchObject({
      status: 404,
    })
    await expect(app.call(contract.bulkDeleteFiles, { params, body: { ids: [file.id] } })).rejects.toMatchObject({
      status: 404,
    })
    expect((await app.app.inject({ url: file.path })).body).toBe('mine')
  })

  it('a bulk delete is all or nothing, and an unknown id is named', async () => {
    const ids = [(await upload('one')).id, (await upload('two')).id]
    const params = { workspace_id: shop }
    const remove = (body: object) => app.call(contract.bulkDeleteFiles, { params, body: body as { ids: number[] } })
    const objects = stored()
    await expect(remove({ ids: [...ids, 99_999] })).rejects.toMatchObject({ status: 404, message: /99999/ })
    expect(stored()).toEqual(objects)
    await expect(remove({})).rejects.toMatchObject({ status: 400, message: 'Missing param: ids' })
    await expect(remove({ ids: ['1'] })).rejects.toMatchObject({ status: 400 })
    expect(await remove({ ids: [...ids, ...ids] })).toBeNull()
    expect(stored().length).toBe(objects.length - 2)
    expect(await remove({ ids: [] })).toBeNull()
  })

  it('writes are in the audit trail and announced to open consoles', async () => {
    const events: ServerEvent[] = []
    const stop = app.deps.hub.subscribe((event) => events.push(event))
    const file = await upload('x', { name: 'trail.txt', body: { access: 'private' } })
    await expect.poll(() => events.some((event) => event.type === 'changed' && event.resource === 'files')).toBe(true)
    stop()
    const record = await app.database.db
      .selectFrom('audit_record')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(record).toMatchObject({
      action: 'fileUpload',
      workspace_id: shop,
      target: { kind: 'file', id: file.id, name: 'trail.txt' },
      detail: { type: 'attachment', access: 'private', bytes: 1 },
    })
  })
})
