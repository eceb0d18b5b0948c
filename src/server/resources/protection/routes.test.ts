import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createBackup, getBackup } from '#api/contract/backups.ts'
import { listProtection, type Protection } from '#api/contract/protection.ts'
import {
  createSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  runSchedule,
  type SaveSchedule,
} from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { disableToken, enableToken } from '#api/contract/token-lifecycle.ts'
import { createToken } from '#api/contract/tokens.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertBackup, updateBackup } from '../backups/store.ts'

const HOUR_MS = 3_600_000

describe('protection', () => {
  let app: TestApp
  let count = 0

  beforeAll(async () => {
    app = await createTestApp()
  })
  afterAll(() => app.close())

  const workspace = (): Promise<number> => makeWorkspace(app.database, `Workspace ${(count += 1)}`, [])
  const of = async (workspaceId: number): Promise<Protection | undefined> =>
    (await app.call(listProtection, { query: { workspaceId } })).items[0]
  const schedule = async (workspaceId: number, change: Partial<SaveSchedule> = {}): Promise<number> => {
    const timing = { kind: 'daily', time: '02:00' } as const
    const made = await app.call(createSchedule, {
      body: { name: `Schedule ${(count += 1)}`, workspaceId, timing, runMissed: false, ...change },
    })
    return made.id
  }
  const ended = async (id: number): Promise<void> => {
    await expect
      .poll(async () => (await app.call(getBackup, { params: { id } })).status, { timeout: 10_000 })
      .not.toMatch(/queued|running/)
  }
  const run = async (id: number): Promise<number> => {
    const backup = await app.call(runSchedule, { params: { id } })
    await ended(backup.id)
    return backup.id
  }

  it('goes from unprotected over late to protected, and late again when the backup gets too old', async () => {
    const id = await workspace()
    expect(await of(id)).toMatchObject({ state: 'unprotected', lastGood: null, ageSeconds: null, wantedSeconds: null })
    const nightly = await schedule(id)
    expect(await of(id)).toMatchObject({ state: 'late', lastGood: null, wantedSeconds: 86_400 })
    const backup = await run(nightly)
    const protectedNow = await of(id)
    expect(protectedNow).toMatchObject({ state: 'protected', lastGood: { id: backup, targetName: 'This server' } })
    expect(protectedNow?.ageSeconds).toBeLessThan(60)
    expect(protectedNow?.calendar).toEqual([
      { day: app.deps.now().toISOString().slice(0, 10), runs: 1, worst: 'succeeded' },
    ])
    expect(protectedNow?.lastGood?.verifiedAt).not.toBeNull()
    // The app's own worker must not run it in the meantime.
    await app.database.db.updateTable('schedule').set({ next_run_at: null }).where('id', '=', nightly).execute()
    app.advance(24.4 * HOUR_MS)
    expect((await of(id))?.state).toBe('protected')
    app.advance(0.2 * HOUR_MS)
    expect((await of(id))?.state).toBe('late')
  })

  it('a backup that a wrong clock dated in the future protects nothing, and hides no other one', async () => {
    const id = await workspace()
    const nightly = await schedule(id)
    const ahead = await run(nightly)
    const created_at = new Date(app.deps.now().getTime() + 1_000 * HOUR_MS)
    await updateBackup(app.database.db, ahead, { created_at, started_at: created_at })
    expect(await of(id)).toMatchObject({ state: 'late', lastGood: { id: ahead } })
    const right = await run(nightly)
    expect(await of(id)).toMatchObject({ state: 'protected', lastGood: { id: right } })
  })

  it('the last run decides whether it is failing; cancelled ones say nothing', async () => {
    const id = await workspace()
    const nightly = await schedule(id)
    await run(nightly)
    const values = {
      workspace_id: id,
      workspace_name: 'x',
      branch: 'v1',
      kind: 'scheduled',
      definition_only: false,
      encrypted: false,
      created_by: 'test',
      created_at: app.deps.now(),
    } as const
    const { db } = app.database
    const bad = await insertBackup(db, values)
    for (const [status, state, worst] of [
      ['failed', 'failing', 'failed'],
      ['looks_wrong', 'failing', 'looks_wrong'],
      ['warnings', 'protected', 'warnings'],
      ['cancelled', 'protected', 'succeeded'],
      ['running', 'protected', 'succeeded'],
    ] as const) {
      await updateBackup(db, bad.id, { status })
      expect(await of(id)).toMatchObject({ state, calendar: [{ runs: 2, worst }] })
    }
    await updateBackup(db, bad.id, { status: 'failed' })
    const { id: manual } = await app.call(createBackup, { body: { workspaceId: id } })
    await ended(manual)
    expect(await of(id)).toMatchObject({ state: 'protected', lastGood: { id: manual } })
  })

  it('backups and schedules without rows protect nothing', async () => {
    const id = await workspace()
    await run(await schedule(id, { definitionOnly: true }))
    expect(await of(id)).toMatchObject({ state: 'unprotected', lastGood: null, wantedSeconds: null })
  })

  it('pauses and missing schedules are told apart, and the shortest schedule counts', async () => {
    const id = await workspace()
    const weekly = await schedule(id, { timing: { kind: 'weekly', weekdays: [1], time: '02:00' } })
    const hourly = await schedule(id, { timing: { kind: 'hourly', minute: 0 } })
    await run(weekly)
    expect(await of(id)).toMatchObject({ state: 'protected', wantedSeconds: 3_600 })
    await app.call(pauseSchedule, { params: { id: hourly }, body: { paused: true } })
    expect(await of(id)).toMatchObject({ wantedSeconds: 7 * 86_400 })
    await app.call(pauseSchedule, { params: { id: weekly }, body: { paused: true } })
    expect(await of(id)).toMatchObject({ state: 'paused', wantedSeconds: null, schedules: [{}, {}] })
    await app.database.db.deleteFrom('schedule').where('workspace_id', '=', id).execute()
    expect(await of(id)).toMatchObject({ state: 'unscheduled', schedules: [] })
  })

  it('fails at once where a schedule may not run any more, and says why', async () => {
    const id = await workspace()
    const owner = await app.signIn()
    const scopes = { 'instance:workspace': 'cr' }
    const token = await owner(createToken, { body: { name: 'nightly', scopes, workspaces: 'all' } })
    const call = app.callWith({ authorization: `Bearer ${token.token}` })
    const timing = { kind: 'daily', time: '02:00' } as const
    const body = { name: 'By a token', workspaceId: id, timing, runMissed: false }
    const made = await call(createSchedule, { body })
    expect(made.refusal).toBeNull()
    await run(made.id)
    expect(await of(id)).toMatchObject({ state: 'protected', schedules: [{ id: made.id, refusal: null }] })
    await owner(disableToken, { params: { id: token.id } })
    const refusal = expect.stringMatching(
      /^The access token "nightly" that this schedule runs with is disabled/,
    ) as string
    expect(await of(id)).toMatchObject({ state: 'failing', schedules: [{ id: made.id, refusal }] })
    expect(await app.call(getSchedule, { params: { id: made.id } })).toMatchObject({ refusal })
    const { items } = await app.call(listSchedules, { query: { workspaceId: id } })
    expect(items).toMatchObject([{ refusal }])
    // Nothing runs of a schedule that pauses: what it may not do fails nothing.
    await app.call(pauseSchedule, { params: { id: made.id }, body: { paused: true } })
    expect(await of(id)).toMatchObject({ state: 'paused' })
    await owner(enableToken, { params: { id: token.id } })
    const again = await app.call(pauseSchedule, { params: { id: made.id }, body: { paused: false } })
    expect([again.refusal, (await of(id))?.state]).toEqual([null, 'protected'])
  })

  it('how long a restore takes is what the newer of drill and restore showed', async () => {
    const id = await workspace()
    const backup = await run(await schedule(id))
    expect(await of(id)).toMatchObject({ expectedRestoreMs: null, restoreShown: null })
    const now = app.deps.now()
    const drill = { status: 'succeeded', at: new Date(now.getTime() - HOUR_MS).toISOString(), ms: 4_000 }
    await updateBackup(app.database.db, backup, { drill: JSON.stringify(drill) })
    expect(await of(id)).toMatchObject({
      expectedRestoreMs: 4_000,
      restoreShown: { by: 'drill', at: drill.at },
      lastDrillAt: drill.at,
    })
    const restore = { workspace_name: 'x', into_new: true, stage: 'done', created_by: 'test', created_at: now }
    const times = { started_at: now, finished_at: new Date(now.getTime() + 2_500) }
    await app.database.db
      .insertInto('restore')
      .values({ ...restore, ...times, backup_id: backup, status: 'succeeded' })
      .execute()
    expect(await of(id)).toMatchObject({
      expectedRestoreMs: 2_500,
      restoreShown: { by: 'restore', at: times.finished_at.toISOString() },
      lastDrillAt: drill.at,
    })
  })

  it('the worst come first, and whoever is limited sees only the workspaces in reach', async () => {
    const id = await workspace()
    const { items } = await app.call(listProtection, { query: {} })
    expect(items.length).toBeGreaterThan(3)
    const states = items.map(({ state }) => state)
    const order = ['unprotected', 'failing', 'late', 'unscheduled', 'paused', 'protected']
    expect(states).toEqual(states.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
    const call = await app.callAs(ALL_SCOPES, [id])
    const seen = await call(listProtection, { query: {} })
    expect(seen.items.map(({ workspaceId }) => workspaceId)).toEqual([id])
    await expect(call(listProtection, { query: { workspaceId: id - 1 } })).rejects.toMatchObject({ status: 403 })
    await expect(app.call(listProtection, { query: { workspaceId: 4_711 } })).rejects.toMatchObject({ status: 404 })
  })
})
