import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { createBackup, deleteBackup, getBackup } from '#api/contract/backups.ts'
import type { ServerEvent } from '#api/contract/events.ts'
import {
  type CreateRestore,
  createRestore,
  getRestore,
  listRestores,
  previewRestore,
  type Restore,
} from '#api/contract/restores.ts'

import { addGroup, fingerprint, makeOddWorkspace, makeWorkspace, userSchemas } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertRestore, updateRestore } from './store.ts'

const ID = { name: 'id', type: 'int' } as const
const PASSWORD = 'a password'

describe('restores', () => {
  let app: TestApp
  let odd: number
  let plain: number
  let encrypted: number

  beforeAll(async () => {
    app = await createTestApp()
    odd = await makeOddWorkspace(app.database)
    plain = await backupOf(odd, '')
    encrypted = await backupOf(odd, PASSWORD)
  })
  afterAll(() => app.close())

  async function backupOf(workspaceId: number, password: string): Promise<number> {
    const { id } = await app.call(createBackup, { body: { workspaceId, password } })
    const isDone = async (): Promise<boolean> => (await app.call(getBackup, { params: { id } })).status === 'succeeded'
    await vi.waitUntil(isDone, { timeout: 20_000, interval: 100 })
    return id
  }

  async function restored(body: CreateRestore): Promise<Restore> {
    const { id } = await app.call(createRestore, { body })
    await expect
      .poll(async () => (await app.call(getRestore, { params: { id } })).status, { timeout: 20_000 })
      .not.toMatch(/queued|running/)
    return app.call(getRestore, { params: { id } })
  }

  it('into a new workspace gives the same workspace again', async () => {
    const restore = await restored({ backupId: encrypted, password: PASSWORD, into: { newWorkspace: 'Second "shop"' } })
    expect(restore).toMatchObject({
      status: 'succeeded',
      stage: 'done',
      intoNew: true,
      workspaceName: 'Second "shop"',
      tablesDone: 6,
      failure: null,
    })
    expect(restore.rows).toBe(restore.rowsTotal)
    expect(await fingerprint(app.database, restore.workspaceId ?? 0)).toEqual(await fingerprint(app.database, odd))
  })

  it('into an existing workspace replaces it once its name is typed', async () => {
    const target = await makeWorkspace(app.database, 'Target', [{ name: 'gone', columns: [ID] }])
    for (const confirm of ['target', 'Target ', '']) {
      const failure = app.call(createRestore, { body: { backupId: plain, into: { workspaceId: target, confirm } } })
      await expect(failure).rejects.toMatchObject({ status: 400, payload: { param: 'into.confirm' } })
    }
    const restore = await restored({ backupId: plain, into: { workspaceId: target, confirm: 'Target' } })
    expect(restore).toMatchObject({ status: 'succeeded', workspaceId: target, intoNew: false })
    expect(await fingerprint(app.database, target)).toEqual(await fingerprint(app.database, odd))
  })

  it('a preview tells what would be added, replaced and removed, counts rows and writes nothing', async () => {
    const target = await makeWorkspace(app.database, 'Preview', [
      { name: 'CON', columns: [ID] },
      { name: 'gone', columns: [ID] },
    ])
    await app.database.pool.query(`insert into w${target}_live.gone select from generate_series(1, 3)`)
    await addGroup(app.database, target, 'public')
    await addGroup(app.database, target, 'Old')
    const before = await fingerprint(app.database, target)
    const preview = await app.call(previewRestore, { params: { id: plain }, body: { workspaceId: target } })
    expect(preview.target).toEqual({ id: target, name: 'Preview' })
    expect(preview.tables).toContainEqual({ name: 'gone', effect: 'removed', rowsInArchive: null, rowsNow: 3 })
    expect(preview.tables).toContainEqual({
      name: 'con',
      effect: 'replaced',
      rowsInArchive: 2,
      rowsNow: 0,
      missingColumns: ['code'],
    })
    expect(preview.tables).toContainEqual({ name: 'Übung ☕', effect: 'added', rowsInArchive: 50, rowsNow: null })
    expect(preview.apiGroups).toEqual({ added: ['a/b "c"'], replaced: ['Public'], removed: ['Old'] })
    expect(await fingerprint(app.database, target)).toEqual(before)
  })

  it('a preview into a new workspace adds everything', async () => {
    const preview = await app.call(previewRestore, { params: { id: plain }, body: {} })
    expect(preview.target).toBeNull()
    expect(preview.tables.every(({ effect, rowsNow }) => effect === 'added' && rowsNow === null)).toBe(true)
  })

  it('an encrypted backup asks for its password before anything is shown or begun', async () => {
    const params = { id: encrypted }
    await expect(app.call(previewRestore, { params, body: {} })).rejects.toMatchObject({
      code: 'wrong_password',
      payload: { reason: 'password_required' },
    })
    await expect(app.call(previewRestore, { params, body: { password: 'x' } })).rejects.toMatchObject({
      code: 'wrong_password',
    })
    const before = (await app.call(listRestores, {})).items.length
    const body = { backupId: encrypted, password: 'x', into: { newWorkspace: 'Never' } }
    await expect(app.call(createRestore, { body })).rejects.toMatchObject({ code: 'wrong_password' })
    expect((await app.call(listRestores, {})).items).toHaveLength(before)
    expect((await app.call(previewRestore, { params, body: { password: PASSWORD } })).summary.tables).toHaveLength(6)
  })

  it('an archive that was damaged in the store ends in words, and nothing of it stays', async () => {
    const id = await backupOf(odd, '')
    const { object_name: name } = await app.database.db
      .selectFrom('backup')
      .select('object_name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const storage = await app.deps.targets.open(null)
    const { stream } = await storage.read(name ?? '')
    const bytes = await buffer(stream)
    const damage = async (at: number): Promise<void> => {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8((damaged[at] ?? 0) ^ 1, at)
      await storage.write(name ?? '', Readable.from([damaged]))
    }
    // In the definitions, which are read before the restore begins.
    await damage(500)
    const body = { backupId: id, into: { newWorkspace: 'Damaged' } }
    await expect(app.call(createRestore, { body })).rejects.toMatchObject({ code: 'bad_archive' })
    await damage(bytes.length - 1)
    const schemas = await userSchemas(app.database)
    const restore = await restored(body)
    expect(restore).toMatchObject({ status: 'failed', workspaceId: null, failure: { code: 'bad_archive' } })
    expect(restore.failure?.message).toContain('Nothing was changed')
    expect(await userSchemas(app.database)).toEqual(schemas)
  })

  it('progress and changed lists reach whoever listens', async () => {
    const events: ServerEvent[] = []
    const stop = app.deps.hub.subscribe((event) => events.push(event))
    const restore = await restored({ backupId: plain, into: { newWorkspace: 'Watched' } })
    const changed = (): Set<string> =>
      new Set(events.flatMap((event) => (event.type === 'changed' ? [event.resource] : [])))
    const lists = ['restores', 'workspaces', 'tables', 'content', 'api-groups', 'constructs', 'files']
    await expect.poll(() => lists.filter((list) => !changed().has(list))).toEqual([])
    stop()
    const items = events.filter((event) => event.type === 'progress' && event.resource === 'restores')
    for (const event of items) if (event.type === 'progress') getRestore.reply.parse(event.item)
    expect(items.at(-1)).toMatchObject({
      id: restore.id,
      item: { status: 'succeeded', workspaceId: restore.workspaceId },
    })
  })

  it('a second restore of a workspace waits for the first', async () => {
    const target = await makeWorkspace(app.database, 'Twice', [])
    const { id } = await app.database.db
      .insertInto('restore')
      .values({
        backup_id: plain,
        workspace_id: target,
        workspace_name: 'Twice',
        into_new: false,
        status: 'running',
        stage: 'rows',
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const body = { backupId: plain, into: { workspaceId: target, confirm: 'Twice' } }
    await expect(app.call(createRestore, { body })).rejects.toMatchObject({
      code: 'conflict',
      payload: { reason: 'import_in_progress' },
    })
    await expect(app.call(deleteBackup, { params: { id: plain } })).rejects.toMatchObject({ code: 'conflict' })
    await app.database.db.deleteFrom('restore').where('id', '=', id).execute()
  })

  it('asks for the scopes: update for an existing workspace, create and all workspaces for a new one', async () => {
    const into = { newWorkspace: 'No' }
    const body = { backupId: plain, into }
    const reader = await app.callAs({ 'instance:workspace': 'r' })
    await expect(reader(createRestore, { body })).rejects.toMatchObject({
      payload: { scope: 'instance:workspace:update' },
    })
    const updater = await app.callAs({ 'instance:workspace': 'ru' })
    await expect(updater(createRestore, { body })).rejects.toMatchObject({
      payload: { scope: 'instance:workspace:create' },
    })
    const limited = await app.callAs({ 'instance:workspace': 'cru' }, [odd])
    await expect(limited(createRestore, { body })).rejects.toMatchObject({
      code: 'access_denied',
      payload: { reason: 'workspace' },
    })
    const target = await makeWorkspace(app.database, 'Out of reach', [])
    const there = { backupId: plain, into: { workspaceId: target, confirm: 'Out of reach' } }
    await expect(limited(createRestore, { body: there })).rejects.toMatchObject({ code: 'access_denied' })
    const elsewhere = await app.callAs({ 'instance:workspace': 'crud' }, [target])
    await expect(elsewhere(createRestore, { body: there })).rejects.toMatchObject({ code: 'access_denied' })
    await expect(elsewhere(previewRestore, { params: { id: plain }, body: {} })).rejects.toMatchObject({
      code: 'access_denied',
    })
    expect((await elsewhere(listRestores, {})).items).toEqual([])
  })

  it('the list is cut to one status, or to several', async () => {
    const failed = { backup_id: plain, workspace_id: null, workspace_name: 'Listed', into_new: true, scope: null }
    const made = await Promise.all(
      (['failed', 'cancelled', 'succeeded'] as const).map(async (status) => {
        const { id } = await insertRestore(app.database.db, {
          ...failed,
          created_by: 'test',
          created_at: app.deps.now(),
        })
        await updateRestore(app.database.db, id, { status })
        return [status, id] as const
      }),
    )
    const listed = async (status: string): Promise<string[]> => {
      const { items } = await app.call(listRestores, { query: { status } })
      return made.filter(([, id]) => items.some((item) => item.id === id)).map(([name]) => name)
    }
    expect(await listed('failed')).toEqual(['failed'])
    expect(await listed('failed,succeeded')).toEqual(['failed', 'succeeded'])
    expect(await listed('queued,running')).toEqual([])
    for (const status of ['', 'odd', 'failed,', 'failed, succeeded']) {
      await expect(listed(status)).rejects.toMatchObject({ status: 400, payload: { param: 'status' } })
    }
  })

  it('an unknown backup, restore or workspace is answered with 404', async () => {
    const into = { newWorkspace: 'x' }
    await expect(app.call(createRestore, { body: { backupId: 999_999, into } })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(app.call(getRestore, { params: { id: 999_999 } })).rejects.toMatchObject({ code: 'not_found' })
    const body = { backupId: plain, into: { workspaceId: 999_999, confirm: 'x' } }
    await expect(app.call(createRestore, { body })).rejects.toMatchObject({ code: 'not_found' })
  })
})
