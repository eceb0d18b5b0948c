import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  createSchedule,
  pauseSchedule,
  type SaveSchedule,
  type Schedule,
  updateSchedule,
} from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { JobDeps } from './run.ts'
import { tickSchedules } from './tick-schedules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

describe('the tick of schedules', () => {
  let app: TestApp
  let deps: JobDeps
  let shop: number
  let count = 0

  beforeAll(async () => {
    app = await createTestApp()
    deps = { ...app.deps, connectAlone: () => new pg.Client(app.database.options) }
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'orders', columns: [{ name: 'id', type: 'int' }] }])
    const events = ['failed', 'missed', 'token_expiring', 'password_reminder']
    await app.database.db
      .insertInto('notification_channel')
      .values({
        name: 'Closed port',
        kind: 'webhook',
        settings: JSON.stringify({ kind: 'webhook', url: 'http://127.0.0.1:9/' }),
        sealed_secret: deps.vault.seal('key'),
        events: JSON.stringify(events),
        created_by: 'test',
        created_at: new Date(),
        updated_at: new Date(),
      })
      .execute()
  })
  beforeEach(async () => {
    await app.database.db.deleteFrom('schedule').execute()
    await app.database.db.deleteFrom('notification').execute()
  })
  afterAll(() => app.close())

  const body = (change: Partial<SaveSchedule>): SaveSchedule => ({
    name: `Schedule ${(count += 1)}`,
    workspaceId: shop,
    timing: { kind: 'hourly', minute: 0 },
    ...change,
  })
  const create = (change: Partial<SaveSchedule> = {}, call = app.call): Promise<Schedule> =>
    call(createSchedule, { body: body(change) })
  const runsOf = (id: number): Promise<BackupRow[]> =>
    app.database.db.selectFrom('backup').selectAll().where('schedule_id', '=', id).orderBy('id').execute()
  const told = async (): Promise<{ event: string; message: string }[]> =>
    (await app.database.db.selectFrom('notification').select('payload').orderBy('id').execute()).map(
      ({ payload }) => payload,
    )

  const timesTold = async (event: string): Promise<number> =>
    (await told()).filter((message) => message.event === event).length

  /** Moves the clock to so long after the schedule's time; the app's own worker may tick first. */
  async function tickAfter(schedule: Schedule, lateMs: number): Promise<void> {
    app.advance(Date.parse(schedule.nextRunAt ?? '') - app.deps.now().getTime() + lateMs)
    await tickSchedules(deps)
    await expect.poll(() => isWaiting(schedule.id), { timeout: 10_000 }).toBe(false)
  }

  async function isWaiting(id: number): Promise<boolean> {
    const row = await app.database.db
      .selectFrom('schedule')
      .select('next_run_at')
      .where('id', '=', id)
      .executeTakeFirst()
    return row?.next_run_at !== undefined && row.next_run_at !== null && row.next_run_at <= app.deps.now()
  }

  it('a run that is due begins once, though several processes look at the same moment', async () => {
    const schedule = await create({ password: 'sesame', definitionOnly: true })
    app.advance(Date.parse(schedule.nextRunAt ?? '') - app.deps.now().getTime() + 1_000)
    await Promise.all(Array.from({ length: 6 }, () => tickSchedules(deps)))
    await tickAfter(schedule, 2_000)
    const runs = await runsOf(schedule.id)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({
      kind: 'scheduled',
      branch: 'v1',
      encrypted: true,
      definition_only: true,
      includes_files: false,
      scheduled_for: new Date(schedule.next[0]?.at ?? ''),
    })
    await expect.poll(async () => (await runsOf(schedule.id))[0]?.status, { timeout: 20_000 }).toBe('succeeded')
    const next = await app.database.db
      .selectFrom('schedule')
      .selectAll()
      .where('id', '=', schedule.id)
      .executeTakeFirst()
    expect(next?.next_run_at?.getTime()).toBe(Date.parse(schedule.next[1]?.at ?? ''))
    expect(await told()).toEqual([])
  })

  it('a run that jitter puts off is listed under the moment that was meant', async () => {
    const schedule = await create({ jitterSeconds: 3_000 })
    await tickAfter(schedule, 0)
    const [run] = await runsOf(schedule.id)
    expect(run?.scheduled_for?.toISOString()).toBe(schedule.next[0]?.at)
  })

  it('however many runs were missed while the server was down, one makes up for them, and it is told', async () => {
    const schedule = await create()
    await tickAfter(schedule, 5 * HOUR_MS + 30 * MINUTE_MS)
    const runs = await runsOf(schedule.id)
    expect(runs).toHaveLength(1)
    expect(runs[0]?.scheduled_for?.getTime()).toBe(Date.parse(schedule.nextRunAt ?? '') + 5 * HOUR_MS)
    await expect
      .poll(told)
      .toMatchObject([{ event: 'missed', message: expect.stringMatching(/6 runs were missed.*make up/) as string }])
  })

  it('what must not be made up for is only told, and the next run comes at its time', async () => {
    const schedule = await create({ runMissed: false })
    await tickAfter(schedule, 90 * MINUTE_MS)
    expect(await runsOf(schedule.id)).toEqual([])
    await expect
      .poll(told)
      .toMatchObject([{ event: 'missed', message: expect.stringMatching(/not made up for/) as string }])
    const row = await app.database.db
      .selectFrom('schedule')
      .selectAll()
      .where('id', '=', schedule.id)
      .executeTakeFirst()
    expect(row?.next_run_at?.getTime()).toBe(Date.parse(schedule.nextRunAt ?? '') + 2 * HOUR_MS)
  })

  it('a run whose predecessor has not ended does not begin, and that is told once', async () => {
    const schedule = await create({ timing: { kind: 'cron', cron: '*/5 * * * *' } })
    await tickAfter(schedule, 0)
    await expect.poll(async () => (await runsOf(schedule.id))[0]?.status, { timeout: 20_000 }).toBe('succeeded')
    await app.database.db
      .updateTable('backup')
      .set({ status: 'running', created_at: new Date(Date.now() + DAY_MS) })
      .where('schedule_id', '=', schedule.id)
      .execute()
    for (const runs of [1, 2, 3]) await tickAfter(schedule, runs * 5 * MINUTE_MS)
    expect(await runsOf(schedule.id)).toHaveLength(1)
    await expect
      .poll(told)
      .toMatchObject([{ event: 'missed', message: expect.stringMatching(/had not ended yet/) as string }])
    await app.database.db.deleteFrom('backup').where('schedule_id', '=', schedule.id).execute()
  })

  it('a paused schedule does not run, and what it would have run is not made up for', async () => {
    const schedule = await create()
    const params = { id: schedule.id }
    await app.call(pauseSchedule, { params, body: { paused: true } })
    await tickAfter(schedule, 3 * HOUR_MS)
    await app.call(pauseSchedule, { params, body: { paused: false } })
    await tickSchedules(deps)
    expect(await runsOf(schedule.id)).toEqual([])
    expect(await told()).toEqual([])
  })

  it('a branch that is gone makes the run fail with a reason, and the schedule goes on', async () => {
    const schedule = await create()
    await app.database.db.updateTable('schedule').set({ branch: 'gone' }).where('id', '=', schedule.id).execute()
    await tickAfter(schedule, 0)
    const [run] = await runsOf(schedule.id)
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'not_found' } })
    expect(run?.failure?.message).toMatch(/Branch gone .* Choose another branch/)
    await expect.poll(told).toMatchObject([{ event: 'failed' }])
  })

  it('a schedule that cannot even be looked at keeps no other one from its time', async () => {
    const [broken, sound] = [await create(), await create()]
    await app.database.db.updateTable('schedule').set({ time_zone: 'No/Where' }).where('id', '=', broken.id).execute()
    app.advance(Date.parse(sound.nextRunAt ?? '') - app.deps.now().getTime())
    await tickSchedules(deps)
    await expect.poll(async () => (await runsOf(sound.id)).length, { timeout: 10_000 }).toBe(1)
    expect(await runsOf(broken.id)).toEqual([])
  })

  it('a schedule of a token fails loudly once that token may not back up any more, until a person takes it over', async () => {
    const call = await app.callAs(ALL_SCOPES, [shop])
    const schedule = await create({}, call)
    await app.database.db
      .updateTable('access_token')
      .set({ revoked_at: app.deps.now() })
      .where('id', '=', schedule.token?.id ?? 0)
      .execute()
    await tickAfter(schedule, 0)
    const [failed] = await runsOf(schedule.id)
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'token' } })
    expect(failed?.failure?.message).toMatch(/"test".*was revoked.*save the schedule/)
    await expect.poll(told).toMatchObject([{ event: 'failed' }])
    const person = await app.signIn()
    const { name } = schedule
    const taken = await person(updateSchedule, { params: { id: schedule.id }, body: body({ name }) })
    await tickAfter(taken, 0)
    await expect.poll(async () => (await runsOf(schedule.id))[1]?.status, { timeout: 20_000 }).toBe('succeeded')
  })

  it('a token that a schedule needs is told of 14, 7 and 1 days before its end, once each', async () => {
    const schedule = await create({ timing: { kind: 'monthly', day: 1, time: '00:00' }, runMissed: false })
    const tokenId = schedule.token?.id ?? 0
    const ends = new Date(app.deps.now().getTime() + 20 * DAY_MS)
    await app.database.db.updateTable('access_token').set({ expires_at: ends }).where('id', '=', tokenId).execute()
    for (let day = 1; day <= 20; day += 1) {
      app.advance(DAY_MS)
      await tickSchedules(deps)
      // After 6 days 14 are left, after 13 days 7, after 19 days 1.
      const expected = [6, 13, 19].filter((turn) => day >= turn).length
      await expect.poll(() => timesTold('token_expiring')).toBe(expected)
    }
    await app.database.db.updateTable('access_token').set({ expires_at: null }).where('id', '=', tokenId).execute()
  })

  it('a password that nobody proved for 90 days is asked for, once in 90 days', async () => {
    await create({ password: 'sesame', timing: { kind: 'monthly', day: 1, time: '00:00' }, runMissed: false })
    for (const expected of [0, 0, 1, 1, 1, 2, 2]) {
      app.advance(30 * DAY_MS)
      await tickSchedules(deps)
      await expect.poll(() => timesTold('password_reminder')).toBe(expected)
    }
  })
})
