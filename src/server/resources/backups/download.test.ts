import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { listAudit } from '#api/contract/audit-console.ts'
import { type Backup, verifyBackup } from '#api/contract/backups.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { keepStores, storedFile, takeBackup, withStore } from '../../jobs/job-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

describe('downloading a backup', () => {
  let app: TestApp
  let backup: Backup
  let whole: Buffer
  let address: string
  let authorization: string
  let putStoresBack: () => void

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    const shop = await makeWorkspace(app.database, 'Shop', [
      {
        name: 'item',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
      },
    ])
    await app.database.pool.query(
      `insert into w${shop}_live.item (text) select md5(n::text) from generate_series(1, 20000) n`,
    )
    backup = await takeBackup(app, { workspaceId: shop })
    whole = readFileSync(path())
    await app.app.listen({ host: '127.0.0.1', port: 0 })
    address = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}/api:console/backups/${backup.id}/download`
    const owner = await app.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()
    const input = { name: 'download', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
    authorization = `Bearer ${(await insertToken(app.database.db, input, owner.id, app.deps.now())).secret}`
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  const path = (): string => storedFile(app.dataDir, backup.id)
  const get = (headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(address, { method, headers: { authorization, ...headers } })
  const bytesOf = async (reply: Response): Promise<Buffer> => Buffer.from(await reply.arrayBuffer())

  it('the whole comes with its length, its checksum and the promise of ranges', async () => {
    const reply = await get()
    expect(reply.status).toBe(200)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': String(whole.length),
      etag: `"${backup.sha256}"`,
    })
    expect(await bytesOf(reply)).toEqual(whole)
  })

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=100-', 100, undefined],
    ['bytes=-7', -7, undefined],
    ['bytes=5-99999999999', 5, undefined],
  ])('a range is answered with 206 and just these bytes: %s', async (range, start, end) => {
    const reply = await get({ range })
    const expected = whole.subarray(start, end)
    const first = start < 0 ? whole.length + start : start
    expect(reply.status).toBe(206)
    expect(reply.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${whole.length}`)
    expect(await bytesOf(reply)).toEqual(expected)
  })

  it('a range that it does not have is answered with 416 and its size', async () => {
    const reply = await get({ range: `bytes=${whole.length}-` })
    expect([reply.status, reply.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`])
  })

  it('a resumed download goes on only with the same bytes', async () => {
    const range = 'bytes=1000-'
    expect((await get({ range, 'if-range': `"${backup.sha256}"` })).status).toBe(206)
    const other = await get({ range, 'if-range': '"of-another"' })
    expect([other.status, await bytesOf(other)]).toEqual([200, whole])
  })

  it('HEAD tells the same without the bytes, and without reading them', async () => {
    await withStore(app, () => ({ read: () => Promise.reject(new Error('read')) }))
    const [all, part] = [await get({}, 'HEAD'), await get({ range: 'bytes=0-9' }, 'HEAD')]
    expect([all.status, all.headers.get('content-length')]).toEqual([200, String(whole.length)])
    expect([part.status, part.headers.get('content-length')]).toEqual([206, '10'])
    expect((await bytesOf(all)).length).toBe(0)
  })

  it('leaves a record of whoever got bytes, and of which: not of HEAD, nor of what was refused', async () => {
    const records = async () => {
      const { items } = await app.call(listAudit, { query: { action: 'backupDownload', limit: 200 } })
      return items.map(({ type, actor, target, workspace, detail }) => ({
        type,
        actor: actor.label,
        target,
        workspace,
        detail,
      }))
    }
    const before = await records()
    await bytesOf(await get())
    await bytesOf(await get({ range: 'bytes=1000-' }))
    await get({}, 'HEAD')
    await get({ range: `bytes=${whole.length}-` })
    await fetch(address)
    const [resumed, first, ...others] = await records()
    expect(others).toEqual(before)
    const same = {
      type: 'export',
      actor: expect.stringMatching(/^download \(mdk_/) as string,
      target: { kind: 'backup', id: backup.id, name: 'Shop' },
      workspace: { id: backup.workspaceId, name: 'Shop' },
    }
    const sha256 = backup.sha256
    expect(first).toEqual({ ...same, detail: { bytes: whole.length, encrypted: false, sha256 } })
    const range = { start: 1_000, end: whole.length - 1, of: whole.length }
    expect(resumed).toEqual({ ...same, detail: { bytes: whole.length - 1_000, range, encrypted: false, sha256 } })
  })

  it('a stored file that has become shorter is no download; found damaged, what is left of it is one', async () => {
    writeFileSync(path(), whole.subarray(0, 1_000))
    const reply = await get()
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([409, 'conflict'])
    await app.call(verifyBackup, { params: { id: backup.id }, body: {} })
    expect(await bytesOf(await get())).toEqual(whole.subarray(0, 1_000))
    writeFileSync(path(), whole)
    await app.call(verifyBackup, { params: { id: backup.id }, body: {} })
  })

  it('a stored file that becomes shorter while it is sent breaks the transfer', async () => {
    await withStore(app, (folder) => ({
      read: (name, range) => folder.read(name, { start: range?.start ?? 0, end: whole.length - 100 }),
    }))
    const reply = await get()
    await expect(reply.arrayBuffer()).rejects.toThrow()
  })
})
