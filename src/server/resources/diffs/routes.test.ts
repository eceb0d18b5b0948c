import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { type Backup, createBackup, getBackup, uploadBackup } from '#api/contract/backups.ts'
import { diffBackup } from '#api/contract/diffs.ts'

import { archiveOf, makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'

describe('the diff of a backup', () => {
  let app: TestApp
  let shop: number
  let plain: number
  let sealed: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeShop()
    plain = (await backupOf({ workspaceId: shop })).id
    sealed = (await backupOf({ workspaceId: shop, password: 'pass word' })).id
    await app.database.pool.query(`update w${shop}_live.orders set note = 'other' where id = 1`)
  })
  afterAll(() => app.close())

  async function makeShop(): Promise<number> {
    const id = await makeWorkspace(app.database, 'Shop', [
      {
        name: 'orders',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'note', type: 'text' },
        ],
      },
    ])
    // What is random does not become smaller by compression, so that a byte of it is a byte of the rows.
    const notes = Array.from({ length: 300 }, () => randomBytes(300).toString('base64'))
    await app.database.pool.query(`insert into w${id}_live.orders (note) select unnest($1::text[])`, [notes])
    return id
  }

  async function backupOf(body: { workspaceId: number; password?: string }): Promise<Backup> {
    const { id } = await app.call(createBackup, { body })
    const read = (): Promise<Backup> => app.call(getBackup, { params: { id } })
    await vi.waitUntil(async () => (await read()).status === 'succeeded', { timeout: 20_000, interval: 50 })
    return read()
  }

  it('says what a restore would change, by table, and writes nothing', async () => {
    const before = await app.database.pool.query('select count(*) from metadeck.audit_record')
    const found = await app.call(diffBackup, { params: { id: plain }, body: { workspaceId: shop } })
    expect(found).toMatchObject({
      workspace: { id: shop, name: 'Shop' },
      summary: { rows: 300 },
      same: false,
      tables: [{ table: 'orders', added: 0, changed: 1, removed: 0, same: 299 }],
    })
    expect(found.tables[0]?.samples.changed[0]).toMatchObject({ id: '1', now: { note: 'other' } })
    expect((await app.database.pool.query('select count(*) from metadeck.audit_record')).rows).toEqual(before.rows)
  })

  it('of an encrypted one needs its password', async () => {
    const body = { workspaceId: shop, password: 'pass word', tables: ['orders'], samples: 0 }
    const found = await app.call(diffBackup, { params: { id: sealed }, body })
    expect(found.tables[0]).toMatchObject({ changed: 1, samples: { changed: [] } })
    for (const password of ['', 'other word']) {
      const refused = app.call(diffBackup, { params: { id: sealed }, body: { workspaceId: shop, password } })
      await expect(refused).rejects.toMatchObject({ code: 'wrong_password' })
    }
  })

  it('of an archive that was uploaded without its password reads it with the password, and keeps what it learned', async () => {
    const bytes = await archiveOf(app.database, shop, { password: 'pass word' })
    const file = { content: new Blob([new Uint8Array(bytes)]), name: 'shop.xano' }
    const { id } = await app.call(uploadBackup, { body: {}, file })
    const found = await app.call(diffBackup, { params: { id }, body: { workspaceId: shop, password: 'pass word' } })
    expect(found.tables[0]).toMatchObject({ changed: 0, same: 300 })
    expect((await app.call(getBackup, { params: { id } })).summary).toMatchObject({ rows: 300 })
  })

  it('shows rows only to who may read rows', async () => {
    const body = { workspaceId: shop }
    const without = await app.callAs({ 'instance:workspace': 'r' })
    const found = await without(diffBackup, { params: { id: plain }, body })
    expect(found.tables[0]).toMatchObject({ changed: 1, samples: { added: [], changed: [], removed: [] } })
    const session = await app.signIn()
    const seen = await session(diffBackup, { params: { id: plain }, body })
    expect(seen.tables[0]?.samples.changed).toHaveLength(1)
  })

  it('is refused without the scope, and out of reach', async () => {
    const params = { id: plain }
    const body = { workspaceId: shop }
    const other = await makeWorkspace(app.database, 'Other', [])
    const unscoped = await app.callAs({})
    await expect(unscoped(diffBackup, { params, body })).rejects.toMatchObject({ code: 'access_denied' })
    const limited = await app.callAs({ 'instance:workspace': 'r' }, [shop])
    await expect(limited(diffBackup, { params, body: { workspaceId: other } })).rejects.toMatchObject({
      code: 'access_denied',
    })
    const elsewhere = await app.callAs({ 'instance:workspace': 'r' }, [other])
    await expect(elsewhere(diffBackup, { params, body: { workspaceId: other } })).rejects.toMatchObject({
      code: 'access_denied',
    })
  })

  it('names what is not there: the backup, the workspace, a table', async () => {
    const params = { id: plain }
    const ask = (id: number, body: { workspaceId: number; tables?: string[] }) =>
      app.call(diffBackup, { params: { id }, body })
    await expect(ask(99_999, { workspaceId: shop })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(params.id, { workspaceId: 99_999 })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(params.id, { workspaceId: shop, tables: ['nowhere'] })).rejects.toMatchObject({
      code: 'invalid_input',
      payload: { param: 'tables' },
    })
  })

  it('of a damaged archive is refused', async () => {
    const { id } = await backupOf({ workspaceId: shop })
    const row = await app.database.pool.query<{ object_name: string }>(
      'select object_name from metadeck.backup where id = $1',
      [id],
    )
    const path = join(app.dataDir, 'backups', row.rows[0]?.object_name ?? '')
    const bytes = readFileSync(path)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const refused = app.call(diffBackup, { params: { id }, body: { workspaceId: shop } })
    await expect(refused).rejects.toMatchObject({ code: 'bad_archive' })
  })

  it('gives every connection back, whatever happened', async () => {
    const calls = Array.from({ length: 5 }, () =>
      app.call(diffBackup, { params: { id: plain }, body: { workspaceId: shop } }).catch(() => null),
    )
    expect((await Promise.all(calls)).filter((found) => found !== null).length).toBeGreaterThanOrEqual(2)
    const { pool } = app.database
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
  })

  it('ends when the client goes away, and its place is free again', async () => {
    const address = await app.app.listen({ host: '127.0.0.1', port: 0 })
    const session = await app.app.inject({
      method: 'POST',
      url: '/api:console/session',
      payload: { email: OWNER.email, password: OWNER.password },
    })
    const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    // Nobody reads the table while this lock is held: the comparisons are still there when their clients leave.
    const locker = await app.database.pool.connect()
    await locker.query(`begin; lock table w${shop}_live.orders in access exclusive mode`)
    const waiting = `select from pg_locks where not granted and relation = 'w${shop}_live.orders'::regclass`
    const leaving = [0, 1].map(() => {
      const controller = new AbortController()
      const asked = fetch(`${address}/api:console/backups/${plain}/diff`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, origin: address },
        body: JSON.stringify({ workspaceId: shop }),
        signal: controller.signal,
      })
      return { controller, asked }
    })
    await expect.poll(async () => (await locker.query(waiting)).rowCount).toBe(2)
    for (const { controller, asked } of leaving) {
      controller.abort()
      await expect(asked).rejects.toThrow()
    }
    await locker.query('rollback')
    locker.release()
    const { pool } = app.database
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
    expect((await app.call(diffBackup, { params: { id: plain }, body: { workspaceId: shop } })).same).toBe(false)
  })
})
