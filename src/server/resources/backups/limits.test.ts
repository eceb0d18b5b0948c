import { existsSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'

import { ApiError } from '#api/client/api-error.ts'
import {
  type Backup,
  cancelBackup,
  createBackup,
  drillBackup,
  getBackup,
  listBackups,
  updateBackup,
  uploadBackup,
} from '#api/contract/backups.ts'
import { diffBackup } from '#api/contract/diffs.ts'
import { previewRestore } from '#api/contract/restores.ts'
import { createSchedule, runSchedule } from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { archiveOf, makeWorkspace } from '../../archive/archive-fixture.ts'
import { createStall, keepStores, storedFile, takeBackup, withStore } from '../../jobs/job-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { UNDER_WAY_MAX } from './queue-room.ts'
import { removeBackup } from './remove-backup.ts'
import { type BackupRow, findBackup, insertBackup } from './store.ts'

const PASSWORD = 'correct horse'
const ID = { name: 'id', type: 'int' } as const

describe('backups that others are at, too', () => {
  let app: TestApp
  let shop: number
  let putStoresBack: () => void

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'item', columns: [ID] }])
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  async function rowOf(id: number): Promise<BackupRow> {
    const row = await findBackup(app.database.db, id)
    if (row === undefined) throw new Error(`There is no backup ${id}`)
    return row
  }

  const valuesOf = (workspaceId: number) => ({
    workspace_id: workspaceId,
    workspace_name: 'Shop',
    branch: 'v1',
    kind: 'manual' as const,
    definition_only: true,
    encrypted: false,
    created_by: 'test',
    created_at: new Date(),
  })

  it('only some archives that nobody has read are read at a time, whatever for; the next is told when to come', async () => {
    const bytes = await archiveOf(app.database, shop, { password: PASSWORD })
    const file = { content: new Blob([new Uint8Array(bytes)]), name: 'mine.xano' }
    const ids: number[] = []
    for (let made = 0; made < 3; made += 1) ids.push((await app.call(uploadBackup, { body: {}, file })).id)
    const stall = createStall()
    let reading = 0
    await withStore(app, (folder) => ({
      async read(name, range) {
        reading += 1
        await stall.stop()
        return folder.read(name, range)
      },
    }))
    const ask = (id = 0) => ({ params: { id }, body: { password: PASSWORD } })
    const compare = { params: { id: ids[0] ?? 0 }, body: { workspaceId: shop, password: PASSWORD } }
    const first = [app.call(diffBackup, compare), app.call(drillBackup, ask(ids[1]))]
    await expect.poll(() => reading).toBe(2)
    const refused = await app.call(previewRestore, ask(ids[2])).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiError)
    expect(refused).toMatchObject({ status: 429, code: 'too_many_requests', retryAfterSeconds: 10 })
    expect(reading).toBe(2)
    const third = app.call(drillBackup, ask(ids[2]))
    stall.go()
    await Promise.all([...first, third])
  })

  it('no more backups of a workspace wait or run than may; what is cancelled makes room', async () => {
    const full = await makeWorkspace(app.database, 'Full', [])
    const schedule = await app.call(createSchedule, {
      body: { name: 'Hourly', workspaceId: full, timing: { kind: 'hourly', minute: 0 } },
    })
    const ids: number[] = []
    for (let made = 0; made < UNDER_WAY_MAX; made += 1)
      ids.push((await insertBackup(app.database.db, valuesOf(full))).id)
    const ask = () => app.call(createBackup, { body: { workspaceId: full } })
    await expect(ask()).rejects.toMatchObject({
      status: 429,
      code: 'too_many_requests',
      retryAfterSeconds: 30,
      message: expect.stringMatching(/^20 backups of this workspace wait or run already/),
    })
    await expect(app.call(runSchedule, { params: { id: schedule.id } })).rejects.toMatchObject({ status: 429 })
    await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await app.call(cancelBackup, { params: { id: ids[0] ?? 0 } })
    const answers = await Promise.allSettled([ask(), ask(), ask()])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await app.database.db.deleteFrom('backup').where('id', 'in', ids).execute()
  })

  it('pinning what is being deleted is refused, and what was pinned first stays', async () => {
    const [going, kept] = [await takeBackup(app, { workspaceId: shop }), await takeBackup(app, { workspaceId: shop })]
    const pin = ({ id }: Backup) => app.call(updateBackup, { params: { id }, body: { pinned: true } })
    const before = await rowOf(kept.id)
    await pin(kept)
    expect(await removeBackup(app.deps, before)).toBe(false)
    expect(existsSync(storedFile(app.dataDir, kept.id))).toBe(true)

    const stall = createStall()
    await withStore(app, (folder) => ({
      async delete(name) {
        await stall.stop()
        return folder.delete(name)
      },
    }))
    const removing = removeBackup(app.deps, await rowOf(going.id))
    await stall.reached
    const pinning = pin(going).catch((error: unknown) => error)
    setTimeout(stall.go, 200)
    expect(await pinning).toMatchObject({
      status: 409,
      code: 'conflict',
      message: expect.stringMatching(/^The backup is being deleted, by the retention/),
    })
    expect(await removing).toBe(true)
    await expect(app.call(getBackup, { params: { id: going.id } })).rejects.toMatchObject({ status: 404 })
  })

  it('pinning what takes long to delete does not wait for it', async () => {
    const going = await takeBackup(app, { workspaceId: shop })
    const stall = createStall()
    await withStore(app, () => ({ delete: () => stall.stop() }))
    const removing = removeBackup(app.deps, await rowOf(going.id))
    await stall.reached
    await expect(app.call(updateBackup, { params: { id: going.id }, body: { pinned: true } })).rejects.toMatchObject({
      status: 409,
    })
    stall.go()
    expect(await removing).toBe(true)
  })

  it('a target or workspace that is deleted while a backup is asked for is a refusal, not a fault', async () => {
    const gone = { ...valuesOf(shop), target_id: 987_654 }
    await expect(insertBackup(app.database.db, gone)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^The target of the backup was deleted meanwhile/),
    })
    await expect(insertBackup(app.database.db, valuesOf(987_654))).rejects.toMatchObject({ code: 'not_found' })
    await expect(app.call(createBackup, { body: { workspaceId: shop, targetId: 987_654 } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'targetId' },
    })
  })

  it('the list is narrowed to kinds, states and days, page by page, within reach', async () => {
    const own = await makeWorkspace(app.database, 'Listed', [])
    const other = await makeWorkspace(app.database, 'Unlisted', [])
    const made: number[] = []
    for (let day = 1; day <= 9; day += 1) {
      const { id } = await app.database.db
        .insertInto('backup')
        .values({
          ...valuesOf(day === 9 ? other : own),
          kind: day % 2 === 0 ? 'scheduled' : 'manual',
          status: day % 3 === 0 ? 'failed' : day % 3 === 1 ? 'warnings' : 'succeeded',
          stage: 'done',
          created_at: new Date(`2020-01-0${day}T23:59:59.999Z`),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      made.push(id)
    }
    const limited = await app.callAs(ALL_SCOPES, [own])
    const days = async (query: z.input<typeof listBackups.query>): Promise<number[]> => {
      const { items } = await limited(listBackups, { query })
      return items.map(({ id }) => made.indexOf(id) + 1)
    }
    expect(await days({ kind: 'manual' })).toEqual([7, 5, 3, 1])
    expect(await days({ status: 'failed' })).toEqual([6, 3])
    expect(await days({ status: 'failed,warnings', kind: 'scheduled' })).toEqual([6, 4])
    expect(await days({ from: '2020-01-03', to: '2020-01-04' })).toEqual([3])
    expect(await days({ from: '2020-01-06T23:59:59.999Z' })).toEqual([8, 7, 6])
    expect(await days({ from: '2020-01-07T01:59:59.999+02:00' })).toEqual([8, 7, 6])
    const query = { kind: 'manual', limit: 3 } as const
    const page = await limited(listBackups, { query })
    expect(page.items).toHaveLength(3)
    expect(await days({ ...query, cursor: page.nextCursor ?? '' })).toEqual([1])
    for (const bad of [
      { status: 'failed,odd' },
      { status: '' },
      { kind: 'odd' },
      { from: 'yesterday' },
      { from: '2020-01-03T00:00:00' },
    ]) {
      await expect(limited(listBackups, { query: bad as object })).rejects.toMatchObject({ status: 400 })
    }
    const [first] = (await limited(listBackups, { query: { limit: 1 } })).items
    expect(first?.fileName).toBe('Shop-20200108-2359.xano')
  })
})
