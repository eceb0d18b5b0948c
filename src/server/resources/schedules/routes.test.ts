import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { getBackup } from '#api/contract/backups.ts'
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  previewSchedule,
  provePassword,
  runSchedule,
  type SaveSchedule,
  type Schedule,
  updateSchedule,
} from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const ID = { name: 'id', type: 'int' } as const
const NIGHTLY = { kind: 'daily', time: '02:30' } as const
const DAY_MS = 86_400_000

describe('schedules', () => {
  let app: TestApp
  let shop: number
  let other: number
  let count = 0

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'orders', columns: [ID] }])
    other = await makeWorkspace(app.database, 'Other', [])
  })
  afterAll(() => app.close())

  const body = (change: Partial<SaveSchedule> = {}): SaveSchedule => ({
    name: `Nightly ${(count += 1)}`,
    workspaceId: shop,
    timing: NIGHTLY,
    timeZone: 'Europe/Berlin',
    ...change,
  })
  const create = (change: Partial<SaveSchedule> = {}): Promise<Schedule> =>
    app.call(createSchedule, { body: body(change) })

  it('one that is made says when it runs, in its own time zone, and what it keeps by itself', async () => {
    const made = await create({ password: 'sesame', verifyDays: 7 })
    expect(made).toMatchObject({
      workspaceName: 'Shop',
      cron: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      encrypted: true,
      passwordReminder: false,
      targetName: 'This server',
      files: true,
      paused: false,
      retention: { last: 7, daily: 7, weekly: 4, monthly: 6 },
      verifyDays: 7,
      drillDays: null,
      lastBackup: null,
    })
    expect(made.next).toHaveLength(5)
    expect(made.next[0]?.at).toBe(made.nextRunAt)
    expect(made.next.every(({ local }) => local.endsWith('02:30') || local.endsWith('03:00'))).toBe(true)
    expect(await app.call(getSchedule, { params: { id: made.id } })).toEqual(made)
    expect(JSON.stringify(made)).not.toContain('sesame')
  })

  it.each<[string, Partial<SaveSchedule>, RegExp]>([
    ['timing.cron', { timing: { kind: 'cron', cron: '61 * * * *' } }, /Invalid value for minute/],
    ['timing.cron', { timing: { kind: 'cron', cron: '0 0 30 2 *' } }, /never run/],
    ['timing.time', { timing: { kind: 'daily', time: '24:00' } }, /02:00/],
    ['timeZone', { timeZone: 'Mars/Olympus' }, /Mars\/Olympus/],
    ['branch', { branch: 'gone' }, /gone/],
    ['targetId', { targetId: 4_711 }, /target/],
    ['name', { name: ' ' }, /name/],
  ])('a wrong %s is refused by its name', async (param, change, message) => {
    await expect(create(change)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(message) as string,
      payload: { param },
    })
  })

  it('a name is taken once in a workspace, in capitals or not', async () => {
    const { name } = await create()
    await expect(create({ name: name.toUpperCase() })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'name' },
    })
    expect(await create({ name, workspaceId: other })).toMatchObject({ workspaceName: 'Other' })
    const second = await create()
    const renamed = app.call(updateSchedule, { params: { id: second.id }, body: body({ name }) })
    await expect(renamed).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
  })

  it('a retention that keeps less, which deletes backups, asks for the right to delete', async () => {
    const made = await create({ retention: { last: 3, daily: 7 } })
    const editor = await app.callAs({ 'instance:workspace': 'ru' })
    const change = (call: typeof app.call, retention?: SaveSchedule['retention']) =>
      call(updateSchedule, { params: { id: made.id }, body: { ...body({ name: made.name }), retention } })
    await expect(change(editor, { last: 2, daily: 30 })).rejects.toMatchObject({
      status: 403,
      code: 'access_denied',
      payload: { scope: 'instance:workspace:delete' },
      message: expect.stringMatching(/deletes backups: that asks for the scope instance:workspace:delete/),
    })
    expect((await change(editor, { last: 4, daily: 7 })).retention).toMatchObject({ last: 4, daily: 7 })
    expect((await change(editor, {})).retention).toMatchObject({ last: 0, daily: 0 })
    // What is left out is as by itself, which is less than everything.
    await expect(change(editor)).rejects.toMatchObject({ status: 403 })
    expect((await change(app.call)).retention).toMatchObject({ last: 7 })
  })

  it('a change recomputes the next run only where times change; a password that is not sent stays', async () => {
    const made = await create({ password: 'sesame', jitterSeconds: 3_600 })
    const params = { id: made.id }
    const same = { ...body({ name: made.name, jitterSeconds: 3_600 }), retention: { last: 3 } }
    const kept = await app.call(updateSchedule, { params, body: same })
    expect(kept).toMatchObject({ nextRunAt: made.nextRunAt, encrypted: true, retention: { last: 3, daily: 0 } })
    const moved = await app.call(updateSchedule, { params, body: { ...same, timing: { kind: 'hourly', minute: 3 } } })
    expect(moved.nextRunAt).not.toBe(made.nextRunAt)
    expect(moved.cron).toBe('3 * * * *')
    const open = await app.call(updateSchedule, { params, body: { ...same, password: '' } })
    expect(open).toMatchObject({ encrypted: false, passwordProvenAt: null })
    const elsewhere = app.call(updateSchedule, { params, body: { ...same, workspaceId: other } })
    await expect(elsewhere).rejects.toMatchObject({ status: 400, payload: { param: 'workspaceId' } })
  })

  it('jitter puts a run off by at most what is set, and never up to the one after it', async () => {
    for (const jitterSeconds of [600, 3_600]) {
      const made = await create({ timing: { kind: 'cron', cron: '*/15 * * * *' }, jitterSeconds })
      const offset = Date.parse(made.nextRunAt ?? '') - Date.parse(made.next[0]?.at ?? '')
      expect(offset).toBeGreaterThanOrEqual(0)
      expect(offset).toBeLessThanOrEqual(Math.min(jitterSeconds, 840) * 1_000)
    }
  })

  it('a pause takes the next run away, and the end of it gives one that is to come', async () => {
    const { id } = await create()
    const paused = await app.call(pauseSchedule, { params: { id }, body: { paused: true } })
    expect(paused).toMatchObject({ paused: true, nextRunAt: null, next: [] })
    const going = await app.call(pauseSchedule, { params: { id }, body: { paused: false } })
    expect(Date.parse(going.nextRunAt ?? '')).toBeGreaterThan(app.deps.now().getTime())
  })

  it('a run that is asked for makes a backup of the schedule, and not two at once', async () => {
    const schedule = await create({ password: 'sesame' })
    const params = { id: schedule.id }
    const run = await app.call(runSchedule, { params })
    expect(run.status).toBe('queued')
    await expect
      .poll(async () => (await app.call(getBackup, { params: { id: run.id } })).status, { timeout: 20_000 })
      .not.toMatch(/queued|running/)
    const backup = await app.call(getBackup, { params: { id: run.id } })
    expect(backup).toMatchObject({
      kind: 'scheduled',
      status: 'succeeded',
      scheduleId: schedule.id,
      encrypted: true,
      knowsPassword: true,
      workspaceId: shop,
      branch: 'v1',
    })
    const after = await app.call(getSchedule, { params })
    expect(after.lastBackup).toMatchObject({ id: run.id, status: 'succeeded' })
    expect(after.lastRunAt).not.toBeNull()
    await app.database.db.updateTable('backup').set({ status: 'running' }).where('id', '=', run.id).execute()
    await expect(app.call(runSchedule, { params })).rejects.toMatchObject({ status: 409 })
    await app.database.db.updateTable('backup').set({ status: 'succeeded' }).where('id', '=', run.id).execute()
    await app.call(deleteSchedule, { params })
    expect(await app.call(getBackup, { params: { id: run.id } })).toMatchObject({ scheduleId: null })
    await expect(app.call(getSchedule, { params })).rejects.toMatchObject({ status: 404 })
  })

  it('the right password proves that it is still known, wrong ones are counted', async () => {
    const { id } = await create({ password: 'sesame' })
    const prove = (password: string): Promise<Schedule> =>
      app.call(provePassword, { params: { id }, body: { password } })
    app.advance(90 * DAY_MS)
    expect((await app.call(getSchedule, { params: { id } })).passwordReminder).toBe(true)
    expect(await prove('sesame')).toMatchObject({ passwordReminder: false })
    for (let guess = 0; guess < 5; guess += 1) {
      await expect(prove(`wrong ${guess}`)).rejects.toMatchObject({
        status: 403,
        payload: { param: 'password', reason: 'wrong_proof' },
      })
    }
    const records = app.database.db.selectFrom('audit_record').selectAll().where('action', '=', 'schedulePasswordProve')
    const refused = await records.where('outcome', '=', 'refused').execute()
    expect(refused).toHaveLength(5)
    expect(refused[0]).toMatchObject({ target: { kind: 'schedule', id }, workspace_id: shop })
    expect(JSON.stringify(refused)).not.toContain('wrong 0')
    await expect(prove('sesame')).rejects.toMatchObject({ status: 429 })
    app.advance(10 * 60_000)
    expect(await prove('sesame')).toMatchObject({ passwordReminder: false })
    const open = await create()
    const none = app.call(provePassword, { params: { id: open.id }, body: { password: 'x' } })
    await expect(none).rejects.toMatchObject({ status: 409 })
  })

  it('whoever is limited to a workspace sees and changes the schedules of that one only', async () => {
    const [own, foreign] = [await create(), await create({ workspaceId: other })]
    const call = await app.callAs(ALL_SCOPES, [shop])
    const { items } = await call(listSchedules, { query: {} })
    expect(items.map(({ id }) => id)).toContain(own.id)
    expect(items.every(({ workspaceId }) => workspaceId === shop)).toBe(true)
    const params = { id: foreign.id }
    for (const refused of [
      () => call(getSchedule, { params }),
      () => call(runSchedule, { params }),
      () => call(deleteSchedule, { params }),
      () => call(pauseSchedule, { params, body: { paused: true } }),
      () => call(updateSchedule, { params, body: body({ workspaceId: other }) }),
      () => call(provePassword, { params, body: { password: 'x' } }),
      () => call(listSchedules, { query: { workspaceId: other } }),
      () => call(createSchedule, { body: body({ workspaceId: other }) }),
      () => call(previewSchedule, { body: { timing: NIGHTLY, scheduleId: foreign.id } }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ status: 403 })
    }
  })

  it('one that a token saves runs with its rights; a person who saves it takes it over', async () => {
    const made = await create()
    expect(made.token).toMatchObject({ name: 'test', expiresAt: null })
    const person = await app.signIn()
    const taken = await person(updateSchedule, { params: { id: made.id }, body: body({ name: made.name }) })
    expect(taken.token).toBeNull()
    const writer = await app.callAs({ ...ALL_SCOPES, 'instance:workspace': 'cud' })
    await expect(writer(createSchedule, { body: body() })).rejects.toMatchObject({
      status: 403,
      payload: { scope: 'instance:workspace:read' },
    })
  })

  it('a preview says in words what a timing means and shows what would stay in the end', async () => {
    const preview = await app.call(previewSchedule, {
      body: { timing: NIGHTLY, timeZone: 'UTC', retention: { last: 2, daily: 3, weekly: 2, monthly: 2 } },
    })
    expect(preview).toMatchObject({ cron: '30 2 * * *', words: 'every day at 02:30 (UTC)' })
    expect(preview.next).toHaveLength(5)
    expect(preview.strip[0]?.keptAs).toEqual(['last', 'daily', 'weekly', 'monthly', 'last_good'])
    const reasons = preview.strip.flatMap(({ keptAs }) => keptAs)
    const times = (reason: string): number => reasons.filter((one) => one === reason).length
    expect([times('last'), times('daily'), times('weekly'), times('monthly')]).toEqual([2, 3, 2, 2])
    const refused = app.call(previewSchedule, { body: { timing: { kind: 'cron', cron: 'x' } } })
    await expect(refused).rejects.toMatchObject({ status: 400, payload: { param: 'timing.cron' } })
  })

  it.each(['* * * * *', '*/5 * * * *', '0 9-17 * * 1-5', '0 2 1 1 *', '0 2 29 2 *'])(
    'a preview of %s answers quickly, also where much is kept',
    async (cron) => {
      const retention = { last: 1_000, daily: 1_000, weekly: 1_000, monthly: 1_000 }
      const began = performance.now()
      const { strip } = await app.call(previewSchedule, { body: { timing: { kind: 'cron', cron }, retention } })
      expect(performance.now() - began).toBeLessThan(3_000)
      expect(strip.length).toBeLessThanOrEqual(1_600)
    },
  )
})
