import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { updateMember } from '#api/contract/members.ts'
import { createSchedule, type SaveSchedule, type Schedule } from '#api/contract/schedules.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import type { JobDeps } from '../../jobs/run.ts'
import { tickSchedules } from '../../jobs/tick-schedules.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'
import { countGuess } from './guess-limit.ts'
import { keptAs } from './kept-as.ts'
import { recheckBackups } from './recheck.ts'
import { takeTurn } from './turn.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

describe('schedules that nobody looks after', () => {
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

  const create = (change: Partial<SaveSchedule> = {}): Promise<Schedule> =>
    app.call(createSchedule, {
      body: { name: `Schedule ${(count += 1)}`, workspaceId: shop, timing: { kind: 'hourly', minute: 0 }, ...change },
    })

  async function nextRunOf(id: number): Promise<number> {
    const row = await app.database.db
      .selectFrom('schedule')
      .select('next_run_at')
      .where('id', '=', id)
      .executeTakeFirst()
    return row?.next_run_at?.getTime() ?? 0
  }

  /** A good run that is listed, without its archive. */
  async function makeRun(scheduleId: number, at: number): Promise<number> {
    const row = await app.database.db
      .insertInto('backup')
      .values({
        workspace_id: shop,
        workspace_name: 'Shop',
        branch: 'v1',
        kind: 'scheduled',
        schedule_id: scheduleId,
        definition_only: false,
        encrypted: false,
        status: 'succeeded',
        stage: 'done',
        summary: null,
        failure: null,
        created_by: 'test',
        created_at: new Date(at),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }

  it('run at their times again after a clock that was years ahead is put right', async () => {
    const schedule = await create({ runMissed: false })
    app.advance(5 * YEAR_MS)
    await tickSchedules(deps)
    await expect.poll(() => nextRunOf(schedule.id)).toBeGreaterThan(app.deps.now().getTime())
    app.advance(-5 * YEAR_MS)
    await tickSchedules(deps)
    await expect.poll(() => nextRunOf(schedule.id)).toBeLessThanOrEqual(app.deps.now().getTime() + HOUR_MS)
  })

  it('keep their time, put off or not, where the clock was right', async () => {
    const schedules = [await create(), await create({ timing: { kind: 'monthly', day: 30, time: '00:00' } })]
    schedules.push(await create({ jitterSeconds: 3_600, timing: { kind: 'daily', time: '02:00' } }))
    app.advance(11 * 60_000)
    await tickSchedules(deps)
    for (const { id, nextRunAt } of schedules) {
      if (Date.parse(nextRunAt ?? '') > app.deps.now().getTime()) {
        expect(await nextRunOf(id)).toBe(Date.parse(nextRunAt ?? ''))
      }
    }
  })

  it('take their turn, and forget guesses, where the last ones were noted by a clock that was ahead', async () => {
    const { db } = app.database
    const now = app.deps.now()
    const ahead = new Date(now.getTime() + YEAR_MS)
    const turn = { schedule: 7_000_000, work: 'verify' } as const
    expect(await takeTurn(db, turn, DAY_MS, ahead)).toBe(true)
    expect(await takeTurn(db, turn, DAY_MS, now)).toBe(true)
    expect(await takeTurn(db, turn, DAY_MS, now)).toBe(false)
    for (let guess = 0; guess < 5; guess += 1) await countGuess(db, turn.schedule, ahead)
    await expect(countGuess(db, turn.schedule, ahead)).rejects.toMatchObject({ code: 'too_many_requests' })
    await countGuess(db, turn.schedule, now)
  })

  it('keep the run that was made last, though one before it says that it was made in the future', async () => {
    const { id } = await create({ retention: { last: 1 } })
    const ahead = await makeRun(id, Date.now() + YEAR_MS)
    const last = await makeRun(id, Date.now())
    expect([...(await keptAs(app.database.db, [id]))]).toEqual([
      [ahead, []],
      [last, ['last', 'last_good']],
    ])
  })

  it('verify and rehearse nothing with the rights of who may not back up any more', async () => {
    const rights = { scopes: { 'instance:workspace': 'cru' }, workspaces: [shop] }
    const [kept, disabled] = [await addMember(app, 'member', rights), await addMember(app, 'member', rights)]
    const ids = new Map<string, number>()
    for (const [name, { call }] of Object.entries({ kept, disabled })) {
      for (const work of ['verify', 'drill'] as const) {
        const body = { name: `${name} ${work}`, workspaceId: shop, timing: { kind: 'monthly', day: 1, time: '00:00' } }
        const { id } = await call(createSchedule, { body: { ...body, [`${work}Days`]: 1 } as SaveSchedule })
        ids.set(`${name} ${work}`, id)
        await makeRun(id, Date.now() - HOUR_MS)
      }
    }
    await (
      await app.signIn()
    )(updateMember, { params: { id: disabled.id }, body: { disabled: true } })
    await recheckBackups(deps)
    const turns = await app.database.db.selectFrom('setting').select('key').execute()
    const began = [...ids].filter(([name, id]) =>
      turns.some(({ key }) => key === `schedule.${id}.${name.split(' ')[1]}`),
    )
    expect(began.map(([name]) => name)).toEqual(['kept verify', 'kept drill'])
  })

  it('leave each run that they begin in the audit log', async () => {
    const schedule = await create({ name: 'Told' })
    app.advance(Date.parse(schedule.nextRunAt ?? '') - app.deps.now().getTime() + 1_000)
    await tickSchedules(deps)
    const records = () =>
      app.database.db.selectFrom('audit_record').selectAll().where('actor_label', '=', 'Schedule Told').execute()
    await expect.poll(records).toMatchObject([
      {
        actor_kind: 'system',
        action: 'scheduleRun',
        workspace_id: shop,
        target: { kind: 'schedule', id: schedule.id },
        detail: { failure: null },
      },
    ])
  })

  it('are no more than 50 in a workspace', async () => {
    const workspaceId = await makeWorkspace(app.database, 'Full', [])
    for (let made = 0; made < 50; made += 1) await create({ workspaceId, paused: true })
    await expect(create({ workspaceId })).rejects.toMatchObject({
      code: 'conflict',
      payload: { reason: 'too_many_schedules' },
    })
  })
})
