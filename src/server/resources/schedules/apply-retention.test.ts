import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { getBackup } from '#api/contract/backups.ts'
import { createSchedule, previewSchedule, type Retention, runSchedule } from '#api/contract/schedules.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import type { JobDeps } from '../../jobs/run.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { updateBackup } from '../backups/store.ts'
import { insertRestore, updateRestore } from '../restores/store.ts'
import { applyRetention } from './apply-retention.ts'
import { keptAs } from './kept-as.ts'
import { recheckBackups } from './recheck.ts'

const DAY_MS = 86_400_000
const KEEPS_ALL: Retention = { last: 0, daily: 0, weekly: 0, monthly: 0 }
const timing = { kind: 'monthly', day: 1, time: '00:00' } as const

describe('retention of stored archives', () => {
  let app: TestApp
  let deps: JobDeps
  let shop: number
  let count = 0

  beforeAll(async () => {
    app = await createTestApp()
    deps = { ...app.deps, connectAlone: () => new pg.Client(app.database.options) }
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'orders', columns: [{ name: 'id', type: 'int' }] }])
  })
  afterAll(() => app.close())

  /** A schedule with so many good runs, a day apart; it keeps everything until `setRetention`. */
  async function withRuns(runs: number): Promise<{ id: number; backups: number[] }> {
    const name = `Schedule ${(count += 1)}`
    const { id } = await app.call(createSchedule, {
      body: { name, workspaceId: shop, timing, runMissed: false, retention: KEEPS_ALL },
    })
    const backups: number[] = []
    for (let run = 0; run < runs; run += 1) {
      app.advance(DAY_MS)
      const backup = await app.call(runSchedule, { params: { id } })
      await expect
        .poll(async () => (await app.call(getBackup, { params: { id: backup.id } })).status, { timeout: 10_000 })
        .toBe('succeeded')
      backups.push(backup.id)
    }
    return { id, backups }
  }

  const setRetention = (id: number, retention: Partial<Retention>): Promise<unknown> =>
    app.database.db
      .updateTable('schedule')
      .set({ retention: JSON.stringify({ ...KEEPS_ALL, ...retention }) })
      .where('id', '=', id)
      .execute()
  const left = async (id: number): Promise<number[]> => {
    const query = app.database.db.selectFrom('backup').select('id').where('schedule_id', '=', id).orderBy('id')
    return (await query.execute()).map((row) => row.id)
  }
  const stored = (ids: number[]): number[] => {
    const names = readdirSync(join(app.dataDir, 'backups'))
    return ids.filter((id) => names.some((name) => name.startsWith(`backup-${id}-`)))
  }

  it('takes what no rule keeps, row and archive, and says so in the audit log', async () => {
    const { id, backups } = await withRuns(4)
    await setRetention(id, { last: 2 })
    expect([...(await keptAs(app.database.db, [id]))]).toEqual([
      [backups[0], []],
      [backups[1], []],
      [backups[2], ['last']],
      [backups[3], ['last', 'last_good']],
    ])
    await applyRetention(deps, id)
    expect(await left(id)).toEqual(backups.slice(2))
    expect(stored(backups)).toEqual(backups.slice(2))
    const records = await app.database.db
      .selectFrom('audit_record')
      .selectAll()
      .where('action', '=', 'backupDelete')
      .where('actor_kind', '=', 'system')
      .execute()
    expect(records.map(({ target }) => target['id'])).toEqual(backups.slice(0, 2))
    expect(records[0]).toMatchObject({ workspace_id: shop, detail: { reason: 'retention', scheduleId: id } })
  })

  it('is told once in the audit log, though several processes do it at the same moment', async () => {
    const { id, backups } = await withRuns(3)
    await setRetention(id, { last: 1 })
    await Promise.all(Array.from({ length: 4 }, () => applyRetention(deps, id)))
    const records = await app.database.db
      .selectFrom('audit_record')
      .select('target')
      .where('action', '=', 'backupDelete')
      .execute()
    const told = records.map(({ target }) => target['id']).filter((backup) => backups.includes(Number(backup)))
    expect(told).toHaveLength(2)
  })

  it('leaves what is pinned, of another kind, read by a restore, or the last good one', async () => {
    const { id, backups } = await withRuns(5)
    const [pinned = 0, safety = 0, restored = 0, lastGood = 0, wrong = 0] = backups
    const { db } = app.database
    await updateBackup(db, pinned, { is_pinned: true })
    await updateBackup(db, safety, { kind: 'safety' })
    await updateBackup(db, wrong, { status: 'looks_wrong' })
    const restore = await insertRestore(db, {
      backup_id: restored,
      workspace_id: null,
      workspace_name: 'Again',
      into_new: true,
      created_by: 'test',
      // Beyond what the sweep of restores without a job looks at.
      created_at: new Date(Date.now() + DAY_MS),
    })
    await setRetention(id, { monthly: 1 })
    await applyRetention(deps, id)
    expect(await left(id)).toEqual([pinned, safety, restored, lastGood, wrong])
    await updateRestore(db, restore.id, { status: 'succeeded' })
    await applyRetention(deps, id)
    expect(await left(id)).toEqual([pinned, safety, lastGood, wrong])
    app.advance(31 * DAY_MS)
    await applyRetention(deps, id)
    expect(await left(id)).toEqual([pinned, safety, lastGood])
    expect(stored(backups)).toEqual([pinned, safety, lastGood])
  })

  it('keeps what lies in a store that cannot be reached, and takes it the next time', async () => {
    const { id, backups } = await withRuns(2)
    await setRetention(id, { last: 1 })
    const down = { open: () => Promise.reject(new Error('The target cannot be reached')) }
    await applyRetention({ ...deps, targets: down }, id)
    expect(await left(id)).toEqual(backups)
    await applyRetention(deps, id)
    expect(await left(id)).toEqual(backups.slice(1))
  })

  it('a schedule that keeps everything loses nothing, and one that was deleted has no retention', async () => {
    const { id, backups } = await withRuns(2)
    await applyRetention(deps, id)
    await app.database.db.deleteFrom('schedule').where('id', '=', id).execute()
    await applyRetention(deps, id)
    expect(stored(backups)).toEqual(backups)
  })

  it('a preview of other numbers says which of the present ones would go', async () => {
    const { id, backups } = await withRuns(3)
    const { strip } = await app.call(previewSchedule, {
      body: { timing, scheduleId: id, retention: { ...KEEPS_ALL, last: 1 } },
    })
    const present = strip.filter((item) => item.id !== null)
    expect(present.map((item) => [item.id, item.keptAs])).toEqual([
      [backups[2], ['last', 'last_good']],
      [backups[1], []],
      [backups[0], []],
    ])
  })

  it('the newest good backup is verified and drilled again when that is due, and not twice', async () => {
    const { id, backups } = await withRuns(2)
    await app.database.db.updateTable('schedule').set({ verify_days: 3, drill_days: 30 }).where('id', '=', id).execute()
    const queued: string[] = []
    const recheck = async (days: number): Promise<string[]> => {
      app.advance(days * DAY_MS)
      queued.length = 0
      const jobs: JobDeps['jobs'] = {
        enqueue: (kind, payload) => Promise.resolve(void queued.push(`${kind} ${JSON.stringify(payload)}`)),
      }
      await recheckBackups({ ...deps, jobs })
      await recheckBackups({ ...deps, jobs })
      return queued.map((text) => text.split(' ')[0] ?? '')
    }
    const drilled = (status: string): Promise<unknown> =>
      updateBackup(app.database.db, backups[1] ?? 0, {
        drill: JSON.stringify({ status, at: app.deps.now().toISOString() }),
      })
    const verified = (): Promise<unknown> =>
      updateBackup(app.database.db, backups[1] ?? 0, { verified_at: app.deps.now() })
    expect(await recheck(1)).toEqual(['drill'])
    expect(queued[0]).toContain(`"backupId":${backups[1]}`)
    await drilled('failed')
    expect(await recheck(0)).toEqual([])
    await verified()
    expect(await recheck(2)).toEqual(['drill'])
    await drilled('succeeded')
    expect(await recheck(2)).toEqual(['verify'])
    await verified()
    expect(await recheck(1)).toEqual([])
    await verified()
    expect(await recheck(26)).toEqual(['verify'])
  })

  it('a drill that has become due is really done', async () => {
    const { id, backups } = await withRuns(1)
    await app.database.db.updateTable('schedule').set({ drill_days: 30 }).where('id', '=', id).execute()
    await recheckBackups(deps)
    const drillOf = async () => (await app.call(getBackup, { params: { id: backups[0] ?? 0 } })).drill?.status
    await expect.poll(drillOf, { timeout: 10_000 }).toBe('succeeded')
  })
})
