import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { type Backup, createBackup, getBackup, uploadBackup } from '#api/contract/backups.ts'
import { createRestore, getRestore, previewRestore, type Restore } from '#api/contract/restores.ts'

import { addGroup, makeWorkspace } from '../../archive/archive-fixture.ts'
import { addConstructs, CONSTRUCTS, logicPrint } from '../../archive/logic-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addFile, filesOf } from './restore-fixture.ts'

const OLD = readFileSync(new URL('../../archive/fixtures/format-1.xano', import.meta.url))

/** Constructs and stored files, through the real jobs. */
describe('a restore of constructs and stored files', () => {
  let app: TestApp
  let shop: number
  let whole: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeShop('Shop')
    whole = (await backupOf({ workspaceId: shop })).id
  })
  afterAll(() => app.close())

  async function makeShop(name: string): Promise<number> {
    const id = await makeWorkspace(app.database, name, [])
    for (const group of ['Public', 'Admin']) await addGroup(app.database, id, group)
    await addConstructs(app.database, id)
    await addFile(app, id, 'photo.png')
    await addFile(app, id, 'notes.txt')
    return id
  }

  async function settled<Item extends { status: string }>(read: () => Promise<Item>): Promise<Item> {
    const isSettled = async (): Promise<boolean> => !/queued|running/.test((await read()).status)
    await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
    return read()
  }

  async function backupOf(body: { workspaceId: number; definitionOnly?: boolean }): Promise<Backup> {
    const { id } = await app.call(createBackup, { body })
    return settled(() => app.call(getBackup, { params: { id } }))
  }

  async function restored(backupId: number, into: { newWorkspace: string } | number): Promise<Restore> {
    const target = typeof into === 'number' ? { workspaceId: into, confirm: await nameOf(into) } : into
    const { id } = await app.call(createRestore, { body: { backupId, into: target } })
    return settled(() => app.call(getRestore, { params: { id } }))
  }

  async function nameOf(id: number): Promise<string> {
    const { db } = app.database
    return (await db.selectFrom('workspace').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
  }

  it('into a new workspace brings all of them, and the summary counts them', async () => {
    const { summary } = await app.call(getBackup, { params: { id: whole } })
    expect(summary).toMatchObject({ constructs: CONSTRUCTS.length, includesFiles: true, files: 2, filesLost: 0 })
    const restore = await restored(whole, { newWorkspace: 'Shop again' })
    expect(restore).toMatchObject({ status: 'succeeded', failure: null })
    expect(await logicPrint(app.database, restore.workspaceId ?? 0)).toEqual(await logicPrint(app.database, shop))
    expect(await filesOf(app, restore.workspaceId ?? 0)).toEqual(await filesOf(app, shop))
    expect(await filesOf(app, shop)).toHaveLength(2)
  })

  it('into an existing workspace replaces those that are there', async () => {
    const target = await makeWorkspace(app.database, 'Target', [])
    await addConstructs(app.database, target, [{ kind: 'task', name: 'gone', text: 'task gone {}' }])
    await addFile(app, target, 'gone.txt')
    expect(await restored(whole, target)).toMatchObject({ status: 'succeeded', failure: null })
    expect(await logicPrint(app.database, target)).toEqual(await logicPrint(app.database, shop))
    expect(await filesOf(app, target)).toEqual(await filesOf(app, shop))
  })

  it('of a backup without rows holds constructs, and leaves the files of the target alone', async () => {
    const backup = await backupOf({ workspaceId: shop, definitionOnly: true })
    expect(backup.summary).toMatchObject({ constructs: CONSTRUCTS.length, includesFiles: false, files: 0 })
    const target = await makeWorkspace(app.database, 'Keeps files', [])
    await addFile(app, target, 'stays.txt')
    const preview = await app.call(previewRestore, { params: { id: backup.id }, body: { workspaceId: target } })
    expect(preview.files).toEqual({ inArchive: null, now: 1 })
    const before = await filesOf(app, target)
    expect(await restored(backup.id, target)).toMatchObject({ status: 'succeeded' })
    expect(await logicPrint(app.database, target)).toEqual(await logicPrint(app.database, shop))
    expect(await filesOf(app, target)).toEqual(before)
  })

  it('is previewed with exact counts: the live branch of the target, its drafts and its files', async () => {
    const target = await makeShop('Preview')
    await addGroup(app.database, target, 'Internal')
    const inGroup = { kind: 'query', name: 'late', verb: 'GET', group: 'Internal', text: 'x', draft: 'y' } as const
    await addConstructs(app.database, target, [inGroup])
    await addFile(app, target, 'third.txt')
    await app.database.pool.query(
      `insert into metadeck.branch (workspace_id, label, description, color, guid, live, created_at, updated_at)
       values ($1, 'other', '', '#000000', 'other', false, now(), now())`,
      [target],
    )
    await addConstructs(app.database, target, [{ kind: 'task', name: 'apart', text: 'task apart {}' }], 'other')
    const { constructs, files } = await app.call(previewRestore, {
      params: { id: whole },
      body: { workspaceId: target },
    })
    expect(constructs).toEqual({
      inArchive: CONSTRUCTS.length,
      now: CONSTRUCTS.length + 1,
      draftsNow: 2,
      inRemovedGroups: 1,
    })
    expect(files).toEqual({ inArchive: 2, now: 3 })
  })

  it('into a new workspace is previewed without anything that could be lost', async () => {
    const { constructs, files } = await app.call(previewRestore, { params: { id: whole }, body: {} })
    expect(constructs).toEqual({ inArchive: CONSTRUCTS.length, now: 0, draftsNow: 0, inRemovedGroups: 0 })
    expect(files).toEqual({ inArchive: 2, now: 0 })
  })

  it('of an archive of format 1 keeps those of the target, but for the endpoints of groups it does not have', async () => {
    const file = { content: new Blob([new Uint8Array(OLD)]), name: 'old.xano' }
    const { id, summary } = await app.call(uploadBackup, { body: {}, file })
    expect(summary).toMatchObject({ format: 1, constructs: null, includesFiles: false })
    const target = await makeShop('Meets an old one')
    const { constructs, files } = await app.call(previewRestore, { params: { id }, body: { workspaceId: target } })
    expect(constructs).toEqual({ inArchive: null, now: CONSTRUCTS.length, draftsNow: 1, inRemovedGroups: 3 })
    expect(files).toEqual({ inArchive: null, now: 2 })
    expect(await restored(id, target)).toMatchObject({ status: 'succeeded' })
    const { constructs: kept } = await logicPrint(app.database, target)
    expect(kept).toHaveLength(CONSTRUCTS.length - constructs.inRemovedGroups)
    expect(await filesOf(app, target)).toHaveLength(2)
  })

  it('of a backup that an earlier release made is listed by its shorter summary, and read anew for a preview', async () => {
    const backup = await backupOf({ workspaceId: shop })
    await app.database.pool.query(
      `update metadeck.backup set summary = (summary::jsonb - '{constructs,includesFiles,files,filesLost}'::text[])
       where id = $1`,
      [backup.id],
    )
    await app.database.db.deleteFrom('backup_manifest').where('backup_id', '=', backup.id).execute()
    const params = { id: backup.id }
    const { summary } = await app.call(getBackup, { params })
    expect(summary).toMatchObject({ constructs: null, includesFiles: false, files: 0, filesLost: 0 })
    const preview = await app.call(previewRestore, { params, body: { workspaceId: shop } })
    expect(preview.constructs.inArchive).toBe(CONSTRUCTS.length)
    expect(preview.files).toEqual({ inArchive: 2, now: 2 })
    expect((await app.call(getBackup, { params })).summary).toEqual(preview.summary)
  })
})
