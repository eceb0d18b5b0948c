import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Call, createCall } from '#api/client/call.ts'
import { type Backup, downloadBackup, getBackup, listBackups } from '#api/contract/backups.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import {
  completeUpload,
  createUpload,
  deleteUpload,
  getUpload,
  listUploads,
  putChunk,
  type Upload,
  UPLOAD_CHUNK_BYTES,
} from '#api/contract/uploads.ts'

import { buildApp } from '../../app.ts'
import { archiveOf, makeWorkspace } from '../../archive/archive-fixture.ts'
import { injectFetch } from '../../inject-fetch.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'
import { sweepUploads } from './sweep.ts'

const DAY_MS = 86_400_000
const ID = { name: 'id', type: 'int' } as const

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('uploads in chunks', () => {
  let app: TestApp
  /** About 18 MB: two whole chunks and a shorter one. */
  let large: Buffer
  let small: Buffer
  let locked: Buffer

  beforeAll(async () => {
    app = await createTestApp()
    large = await archiveOf(app.database, await bulky('Bulky', 18_000_000))
    const shop = await makeWorkspace(app.database, 'Shop', [
      { name: 'order', columns: [ID, { name: 'note', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${shop}_live."order" (note) select 'n' || n from generate_series(1, 20) n`,
    )
    small = await archiveOf(app.database, shop)
    locked = await archiveOf(app.database, shop, { password: 'pass word' })
  }, 60_000)
  afterAll(() => app.close())

  /** A workspace whose archive has about this many bytes: text that hardly compresses. */
  async function bulky(name: string, bytes: number): Promise<number> {
    const workspace = await makeWorkspace(app.database, name, [
      { name: 'blob', columns: [ID, { name: 'body', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${workspace}_live.blob (body)
       select string_agg(encode(sha512(convert_to(random() || ' ' || n || ' ' || part, 'UTF8')), 'base64'), '')
       from generate_series(1, $1) n, generate_series(1, 250) part group by n`,
      [Math.ceil(bytes / 16_000)],
    )
    return workspace
  }

  function begin(bytes: Buffer, more: { name?: string; sha256?: string } = {}): Promise<Upload> {
    return app.call(createUpload, { body: { name: 'shop.xano', bytes: bytes.length, ...more } })
  }

  function chunkOf(bytes: Buffer, index: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(bytes.subarray(index * UPLOAD_CHUNK_BYTES, (index + 1) * UPLOAD_CHUNK_BYTES))
  }

  function send(id: string, bytes: Buffer, index: number, call: Call = app.call): Promise<{ missing: number }> {
    const body = chunkOf(bytes, index)
    return call(putChunk, { params: { id, index }, body, headers: { 'x-chunk-sha256': sha256(body) } })
  }

  async function sendAll(bytes: Buffer, more: { name?: string; sha256?: string } = {}): Promise<Upload> {
    const upload = await begin(bytes, more)
    for (const index of upload.missing) await send(upload.id, bytes, index)
    return upload
  }

  function complete(id: string, password = ''): Promise<Backup> {
    return app.call(completeUpload, { params: { id }, body: { password } })
  }

  async function settled(id: number): Promise<Backup> {
    const isSettled = ({ status, verification }: Backup): boolean =>
      status !== 'running' && verification?.status !== 'running'
    await expect
      .poll(() => app.call(getBackup, { params: { id } }), { timeout: 20_000, interval: 100 })
      .toSatisfy(isSettled)
    return app.call(getBackup, { params: { id } })
  }

  async function download(id: number): Promise<Buffer> {
    const reply = (await app.call(downloadBackup, { params: { id } })) as Response
    return Buffer.from(await reply.arrayBuffer())
  }

  function files(folder: 'uploads' | 'backups'): string[] {
    return readdirSync(join(app.dataDir, folder))
  }

  it('chunks may come out of order and at the same time; what is listed is what was sent, verified', async () => {
    const upload = await begin(large, { sha256: sha256(large) })
    expect(upload).toMatchObject({ chunkBytes: UPLOAD_CHUNK_BYTES, chunks: 3, missing: [0, 1, 2], bytes: large.length })
    expect(await send(upload.id, large, 2)).toEqual({ missing: 2 })
    await Promise.all([send(upload.id, large, 1), send(upload.id, large, 0), send(upload.id, large, 1)])
    expect(await app.call(getUpload, { params: { id: upload.id } })).toMatchObject({ missing: [] })
    const { id } = await complete(upload.id)
    const backup = await settled(id)
    expect(backup).toMatchObject({
      status: 'succeeded',
      kind: 'uploaded',
      workspaceName: 'Bulky',
      encrypted: false,
      sha256: sha256(large),
      bytes: large.length,
      failure: null,
    })
    expect(backup.summary?.tables).toMatchObject([{ name: 'blob' }])
    expect((await download(id)).equals(large)).toBe(true)
    expect(files('uploads')).toEqual([])
  })

  it('an upload goes on where it was after the server was started anew', async () => {
    const upload = await begin(large)
    await send(upload.id, large, 1)
    const again = await buildApp(app.deps, { consoleFolder: join(app.dataDir, 'no-console') })
    try {
      const input = { name: 'second', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
      const { secret } = await insertToken(app.database.db, input, null, app.deps.now())
      const stranger = createCall({
        base: '',
        headers: { authorization: `Bearer ${secret}` },
        fetch: injectFetch(again),
      })
      expect(await stranger(listUploads)).toEqual({ items: [] })
      const { items } = await app.call(listUploads)
      expect(items).toMatchObject([{ id: upload.id, name: 'shop.xano', missing: [0, 2] }])
      for (const index of [0, 2]) await send(upload.id, large, index)
      expect((await settled((await complete(upload.id)).id)).status).toBe('succeeded')
    } finally {
      await again.close()
    }
  })

  it('a chunk with a wrong or no checksum is refused, and nothing of it is kept', async () => {
    const upload = await begin(small)
    const body = chunkOf(small, 0)
    const sent = (headers: Record<string, string>): Promise<unknown> =>
      app.call(putChunk, { params: { id: upload.id, index: 0 }, body, headers })
    await expect(sent({ 'x-chunk-sha256': sha256(large) })).rejects.toMatchObject({
      code: 'invalid_input',
      payload: { param: 'x-chunk-sha256' },
    })
    await expect(sent({})).rejects.toMatchObject({ code: 'invalid_input', payload: { param: 'x-chunk-sha256' } })
    await expect(sent({ 'x-chunk-sha256': 'abc' })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await app.call(getUpload, { params: { id: upload.id } })).toMatchObject({ missing: [0] })
    expect(statSync(join(app.dataDir, 'uploads', upload.id)).size).toBe(0)
    await app.call(deleteUpload, { params: { id: upload.id } })
  })

  it('a chunk must have its own size and place', async () => {
    const upload = await begin(large)
    const wrong = new Uint8Array(100)
    const headers = { 'x-chunk-sha256': sha256(wrong) }
    for (const index of [0, 2]) {
      await expect(
        app.call(putChunk, { params: { id: upload.id, index }, body: wrong, headers }),
      ).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('has 100 bytes and must have'),
      })
    }
    await expect(
      app.call(putChunk, { params: { id: upload.id, index: 3 }, body: wrong, headers }),
    ).rejects.toMatchObject({ code: 'invalid_input', payload: { param: 'index' } })
    const long = new Uint8Array(UPLOAD_CHUNK_BYTES + 1)
    await expect(
      app.call(putChunk, { params: { id: upload.id, index: 0 }, body: long, headers }),
    ).rejects.toMatchObject({ code: 'too_large' })
    expect(await app.call(getUpload, { params: { id: upload.id } })).toMatchObject({ missing: [0, 1, 2] })
    await app.call(deleteUpload, { params: { id: upload.id } })
    expect(files('uploads')).toEqual([])
  })

  it('what arrives lies in a file that only the user of the server can read', async () => {
    const upload = await begin(small)
    expect(statSync(join(app.dataDir, 'uploads')).mode & 0o777).toBe(0o700)
    expect(statSync(join(app.dataDir, 'uploads', upload.id)).mode & 0o777).toBe(0o600)
    await app.call(deleteUpload, { params: { id: upload.id } })
  })

  it('nobody but who began it sees it, sends to it, completes it or removes it', async () => {
    const upload = await begin(small)
    const params = { id: upload.id }
    const callers = [await app.callAs(ALL_SCOPES), await app.signIn()]
    for (const other of callers) {
      const gone = { code: 'not_found' }
      await expect(other(getUpload, { params })).rejects.toMatchObject(gone)
      await expect(send(upload.id, small, 0, other)).rejects.toMatchObject(gone)
      await expect(other(completeUpload, { params })).rejects.toMatchObject(gone)
      await expect(other(deleteUpload, { params })).rejects.toMatchObject(gone)
      expect(await other(listUploads)).toEqual({ items: [] })
    }
    const limited = await app.callAs(ALL_SCOPES, [1])
    await expect(limited(createUpload, { body: { name: 'a', bytes: 1 } })).rejects.toMatchObject({
      code: 'access_denied',
    })
    await app.call(deleteUpload, { params })
  })

  it('completing is refused while chunks are missing, and says how many', async () => {
    const upload = await begin(large)
    await send(upload.id, large, 0)
    await expect(complete(upload.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^2 chunks have not arrived yet, of 3/),
      payload: { missing: 2 },
    })
    await app.call(deleteUpload, { params: { id: upload.id } })
  })

  it('completed twice, one after the other and at once, it is one backup', async () => {
    const upload = await sendAll(small)
    const [first, second] = await Promise.all([complete(upload.id), complete(upload.id)])
    const third = await complete(upload.id)
    expect([second.id, third.id]).toEqual([first.id, first.id])
    expect(await settled(first.id)).toMatchObject({ status: 'succeeded', rows: 20 })
    await expect(app.call(getUpload, { params: { id: upload.id } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('calls about an upload that is being completed wait without a connection of the database', async () => {
    const upload = await sendAll(small)
    const params = { id: upload.id }
    const ask = (): Promise<unknown> => app.call(completeUpload, { params, body: { password: '' } })
    const answers: Promise<unknown>[] = []
    await app.database.db.transaction().execute(async (trx) => {
      await trx.selectFrom('upload').selectAll().where('id', '=', upload.id).forUpdate().execute()
      // More than the pool has connections.
      answers.push(...Array.from({ length: 25 }, ask))
      const busy = { code: 'not_ready', payload: { reason: 'upload_busy' } }
      await expect(send(upload.id, small, 0)).rejects.toMatchObject(busy)
      await expect(app.call(deleteUpload, { params })).rejects.toMatchObject(busy)
    })
    const made = (await Promise.all(answers)) as Backup[]
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    await settled(made[0]?.id ?? 0)
  })

  it('one caller has no more than 50 that are not complete', async () => {
    const call = await app.callAs(ALL_SCOPES)
    const body = { name: 'many.xano', bytes: 10 }
    const made: Upload[] = []
    for (let count = 0; count < 50; count += 1) made.push(await call(createUpload, { body }))
    const refused = { code: 'conflict', payload: { reason: 'too_many_uploads' } }
    await expect(call(createUpload, { body })).rejects.toMatchObject(refused)
    for (const { id } of made) await call(deleteUpload, { params: { id } })
    const { id } = await call(createUpload, { body })
    await call(deleteUpload, { params: { id } })
  })

  it('a file that is not the announced one is refused, and nothing of it stays', async () => {
    const before = files('backups')
    const upload = await sendAll(small, { sha256: sha256(large) })
    await expect(complete(upload.id)).rejects.toMatchObject({
      code: 'bad_archive',
      message: expect.stringContaining('not the one that was announced'),
    })
    expect([files('backups'), files('uploads')]).toEqual([before, []])
    expect((await app.call(listUploads)).items).toEqual([])
  })

  it.each([
    ['one byte', Buffer.from('x')],
    ['no archive', randomBytes(5_000)],
  ])('a file of %s is refused as no archive', async (_what, bytes) => {
    const before = (await app.call(listBackups, {})).items.length
    const upload = await sendAll(bytes)
    expect(upload.chunks).toBe(1)
    await expect(complete(upload.id)).rejects.toMatchObject({ code: 'bad_archive' })
    expect((await app.call(listBackups, {})).items).toHaveLength(before)
    expect(files('uploads')).toEqual([])
  })

  it('an archive that is damaged further in is never called good, and cannot be restored', async () => {
    const damaged = Buffer.from(large)
    damaged.writeUInt8(damaged.readUInt8(12_000_000) ^ 0xff, 12_000_000)
    const upload = await sendAll(damaged)
    const backup = await settled((await complete(upload.id)).id)
    expect(backup).toMatchObject({ status: 'failed', summary: null, failure: { code: 'bad_archive' } })
    expect(files('backups')).not.toContain(`upload-${upload.id}.xano`)
    await expect(app.call(downloadBackup, { params: { id: backup.id } })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('an encrypted archive without its password is listed as not proven; with it, it is proven', async () => {
    const upload = await sendAll(locked, { name: 'night shop.xano' })
    await expect(complete(upload.id, 'wrong')).rejects.toMatchObject({ code: 'wrong_password' })
    expect(await app.call(getUpload, { params: { id: upload.id } })).toMatchObject({ missing: [] })
    const open = await complete(upload.id)
    expect(open).toMatchObject({
      status: 'warnings',
      stage: 'done',
      encrypted: true,
      summary: null,
      workspaceName: 'night shop',
      warnings: [{ code: 'unproven' }],
    })
    const proven = await complete((await sendAll(locked)).id, 'pass word')
    expect(await settled(proven.id)).toMatchObject({ status: 'succeeded', encrypted: true, rows: 20 })
  })

  it('a week without a chunk ends an upload; younger ones stay, and files of nobody go', async () => {
    const old = await begin(small)
    app.advance(6 * DAY_MS)
    const young = await sendAll(small)
    await sweepUploads(app.deps)
    expect(files('uploads').toSorted()).toEqual([old.id, young.id].toSorted())
    app.advance(DAY_MS + 1_000)
    const stray = join(app.dataDir, 'uploads', '00000000-0000-4000-8000-000000000000')
    utimesSync(join(app.dataDir, 'uploads', young.id), app.deps.now(), app.deps.now())
    writeFileSync(stray, 'x')
    await sweepUploads(app.deps)
    expect(files('uploads')).toEqual([young.id])
    expect((await app.call(listUploads)).items.map(({ id }) => id)).toEqual([young.id])
    await app.call(deleteUpload, { params: { id: young.id } })
  })

  it('bytes that are lost are said to be lost', async () => {
    const upload = await begin(small)
    rmSync(join(app.dataDir, 'uploads', upload.id))
    await expect(send(upload.id, small, 0)).rejects.toMatchObject({
      code: 'conflict',
      payload: { reason: 'upload_lost' },
    })
    await app.call(deleteUpload, { params: { id: upload.id } })
  })

  it.runIf(existsSync('/dev/full'))('a full disk is said, and the upload goes on once there is room', async () => {
    const upload = await begin(small)
    const file = join(app.dataDir, 'uploads', upload.id)
    rmSync(file)
    symlinkSync('/dev/full', file)
    await expect(send(upload.id, small, 0)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('The disk of the server is full.'),
      payload: { reason: 'disk_full' },
    })
    expect(await app.call(getUpload, { params: { id: upload.id } })).toMatchObject({ missing: [0] })
    rmSync(file)
    writeFileSync(file, '')
    await send(upload.id, small, 0)
    expect(await settled((await complete(upload.id)).id)).toMatchObject({ status: 'succeeded' })
  })

  it('an archive of 40 MB arrives whole', async () => {
    const bytes = await archiveOf(app.database, await bulky('Forty', 40_000_000))
    expect(bytes.length).toBeGreaterThan(40_000_000)
    const upload = await begin(bytes, { sha256: sha256(bytes) })
    await Promise.all(upload.missing.map((index) => send(upload.id, bytes, index)))
    const backup = await settled((await complete(upload.id)).id)
    expect(backup).toMatchObject({ status: 'succeeded', workspaceName: 'Forty', bytes: bytes.length })
    const stored = readFileSync(join(app.dataDir, 'backups', `upload-${upload.id}.xano`))
    expect(sha256(stored)).toBe(sha256(bytes))
  }, 60_000)
})
