import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  type Backup,
  createBackup,
  deleteBackup,
  downloadBackup,
  getBackup,
  listBackups,
  uploadBackup,
} from '#api/contract/backups.ts'
import type { ServerEvent } from '#api/contract/events.ts'
import { previewRestore } from '#api/contract/restores.ts'

import { addGroup, archiveOf, makeWorkspace, sourceOf } from '../../archive/archive-fixture.ts'
import { verifyArchive } from '../../archive/verify.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const ID = { name: 'id', type: 'int' } as const

describe('backups', () => {
  let app: TestApp
  let shop: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [
      { name: 'user', columns: [ID, { name: 'name', type: 'text' }] },
      { name: 'order', columns: [ID, { name: 'user_id', type: 'int', table: 'user' }] },
    ])
    await app.database.pool.query(
      `insert into w${shop}_live."user" (name) select 'n' || n from generate_series(1, 500) n`,
    )
    await addGroup(app.database, shop, 'Public')
  })
  afterAll(() => app.close())

  async function finished(id: number): Promise<Backup> {
    return expect
      .poll(() => app.call(getBackup, { params: { id } }), { timeout: 20_000, interval: 100 })
      .toSatisfy((backup: Backup) => !['queued', 'running'].includes(backup.status))
      .then(() => app.call(getBackup, { params: { id } }))
  }

  async function taken(body: Partial<Parameters<typeof createBackup.body.parse>[0]> & object = {}): Promise<Backup> {
    const { id, status } = await app.call(createBackup, { body: { workspaceId: shop, ...body } })
    expect(status).toBe('queued')
    return finished(id)
  }

  function stored(): string[] {
    return readdirSync(join(app.dataDir, 'backups'))
  }

  it('a backup is taken, read back and only then called succeeded', async () => {
    const backup = await taken()
    expect(backup).toMatchObject({
      status: 'succeeded',
      stage: 'done',
      kind: 'manual',
      workspaceName: 'Shop',
      branch: 'v1',
      failure: null,
      tablesDone: 2,
      tablesTotal: 2,
      rows: 500,
      encrypted: false,
      summary: { rows: 500, includesRows: true, apiGroupNames: ['Public'] },
    })
    expect(backup.verifiedAt).not.toBeNull()
    expect(backup.bytes).toBeGreaterThan(1_000)
  })

  it('a download is the archive itself, with its length and a telling name', async () => {
    const backup = await taken({ password: 'pass word' })
    const reply = (await app.call(downloadBackup, { params: { id: backup.id } })) as Response
    const bytes = Buffer.from(await reply.arrayBuffer())
    expect(reply.headers.get('content-length')).toBe(String(backup.bytes))
    expect(reply.headers.get('content-disposition')).toMatch(/filename="Shop-\d{8}-\d{4}\.xano"/)
    expect((await verifyArchive(sourceOf(bytes), 'pass word')).manifest.counts.rows).toBe(500)
    expect(backup.encrypted).toBe(true)
  })

  it('one without rows holds definitions only', async () => {
    expect(await taken({ definitionOnly: true })).toMatchObject({
      rows: 0,
      definitionOnly: true,
      summary: { includesRows: false },
    })
  })

  it('progress and the end reach whoever listens, in the shape of the reply', async () => {
    const events: ServerEvent[] = []
    const stop = app.deps.hub.subscribe((event) => events.push(event))
    const backup = await taken()
    await expect.poll(() => events.some((event) => event.type === 'changed' && event.id === backup.id)).toBe(true)
    stop()
    const items = events.filter((event) => event.type === 'progress' && event.id === backup.id)
    expect(items.length).toBeGreaterThan(1)
    for (const event of items) if (event.type === 'progress') getBackup.reply.parse(event.item)
    expect(items.at(-1)).toMatchObject({ item: { status: 'succeeded' } })
  })

  it('the list is newest first and can be cut to a workspace and to pages', async () => {
    const other = await makeWorkspace(app.database, 'Other', [])
    const backup = await taken({ workspaceId: other })
    const all = await app.call(listBackups, {})
    expect(all.items[0]?.id).toBe(backup.id)
    const own = await app.call(listBackups, { query: { workspaceId: other } })
    expect(own).toMatchObject({ items: [{ id: backup.id }], nextCursor: null })
    const first = await app.call(listBackups, { query: { limit: 1 } })
    const second = await app.call(listBackups, { query: { limit: 1, cursor: first.nextCursor ?? '' } })
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual(all.items.slice(0, 2).map(({ id }) => id))
  })

  it('deleting removes the row and the object', async () => {
    const backup = await taken()
    const before = stored().length
    await app.call(deleteBackup, { params: { id: backup.id } })
    expect(stored()).toHaveLength(before - 1)
    await expect(app.call(getBackup, { params: { id: backup.id } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('a backup that is being made can neither be deleted nor downloaded nor previewed', async () => {
    const { id } = await app.database.db
      .insertInto('backup')
      .values({
        workspace_id: shop,
        workspace_name: 'Shop',
        branch: 'v1',
        kind: 'manual',
        definition_only: false,
        encrypted: false,
        status: 'running',
        stage: 'rows',
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const params = { id }
    await expect(app.call(deleteBackup, { params })).rejects.toMatchObject({ code: 'conflict' })
    await expect(app.call(downloadBackup, { params })).rejects.toMatchObject({ code: 'conflict' })
    await expect(app.call(previewRestore, { params, body: {} })).rejects.toMatchObject({ code: 'conflict' })
    await app.database.db.deleteFrom('backup').where('id', '=', id).execute()
  })

  it('an uploaded archive is checked and listed', async () => {
    const bytes = await archiveOf(app.database, shop)
    const backup = await app.call(uploadBackup, {
      body: {},
      file: { content: new Blob([new Uint8Array(bytes)]), name: 'mine.xano' },
    })
    expect(backup).toMatchObject({
      kind: 'uploaded',
      status: 'succeeded',
      bytes: bytes.length,
      workspaceId: null,
      workspaceName: 'Shop',
      rows: 500,
    })
    expect(backup.verifiedAt).not.toBeNull()
  })

  it('an encrypted one without its password is listed with a warning, and checked when the password comes', async () => {
    const bytes = await archiveOf(app.database, shop, { password: 'secret' })
    const file = { content: new Blob([new Uint8Array(bytes)]), name: 'my backup.xano' }
    const backup = await app.call(uploadBackup, { body: {}, file })
    expect(backup).toMatchObject({
      status: 'warnings',
      encrypted: true,
      summary: null,
      verifiedAt: null,
      workspaceName: 'my backup',
    })
    const params = { id: backup.id }
    await expect(app.call(previewRestore, { params, body: { password: 'no' } })).rejects.toMatchObject({
      code: 'wrong_password',
    })
    const preview = await app.call(previewRestore, { params, body: { password: 'secret' } })
    expect(preview.summary.rows).toBe(500)
    const after = await app.call(getBackup, { params })
    expect(after).toMatchObject({ status: 'succeeded', workspaceName: 'Shop', summary: { rows: 500 } })
    expect(after.verifiedAt).not.toBeNull()
  })

  it.each<[string, (whole: Buffer) => Buffer, string, string]>([
    ['no archive', () => Buffer.from('hello'), '', 'bad_archive'],
    ['a truncated one', (whole) => whole.subarray(0, -10), 'p', 'bad_archive'],
    ['a wrong password', (whole) => whole, 'wrong', 'wrong_password'],
  ])('an upload of %s leaves nothing behind', async (_what, change, password, code) => {
    const [before, rows] = [stored(), (await app.call(listBackups, {})).items.length]
    const whole = await archiveOf(app.database, shop, { password: 'p' })
    const file = { content: new Blob([new Uint8Array(change(whole))]), name: 'x' }
    await expect(app.call(uploadBackup, { body: { password }, file })).rejects.toMatchObject({ code })
    expect(stored()).toEqual(before)
    expect((await app.call(listBackups, {})).items).toHaveLength(rows)
  })

  it('a backup of what is not there is refused with 404', async () => {
    await expect(app.call(createBackup, { body: { workspaceId: 999_999 } })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(app.call(createBackup, { body: { workspaceId: shop, branch: 'none' } })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('a token that reaches other workspaces sees and touches none of it', async () => {
    const backup = await taken()
    const elsewhere = await app.callAs({ 'instance:workspace': 'crud' }, [999])
    const params = { id: backup.id }
    expect((await elsewhere(listBackups, {})).items).toEqual([])
    for (const endpoint of [getBackup, downloadBackup, deleteBackup]) {
      await expect(elsewhere(endpoint, { params })).rejects.toMatchObject({ code: 'access_denied' })
    }
    await expect(elsewhere(createBackup, { body: { workspaceId: shop } })).rejects.toMatchObject({
      code: 'access_denied',
    })
    const file = { content: new Blob(['x']), name: 'x' }
    await expect(elsewhere(uploadBackup, { body: {}, file })).rejects.toMatchObject({ code: 'access_denied' })
    const mine = await app.callAs({ 'instance:workspace': 'r' }, [shop])
    expect((await mine(listBackups, {})).items.length).toBeGreaterThan(0)
    await expect(mine(deleteBackup, { params })).rejects.toMatchObject({
      code: 'access_denied',
      payload: { scope: 'instance:workspace:delete' },
    })
  })

  it('no password is kept in the clear: not in the queue, the audit log or the backups', async () => {
    await taken({ password: 'never written down' })
    for (const table of ['pgboss.job', 'metadeck.audit_record', 'metadeck.backup']) {
      const { rows } = await app.database.pool.query<{ text: string }>(`select t::text as text from ${table} t`)
      expect(rows.map(({ text }) => text).join('\n')).not.toContain('never written down')
    }
  })
})
