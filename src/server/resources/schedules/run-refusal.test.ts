import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { deleteMember, updateMember } from '#api/contract/members.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { tickSchedules } from '../../jobs/tick-schedules.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'

let app: TestApp
let workspaceId: number
let other: number

beforeAll(async () => {
  app = await createTestApp()
  workspaceId = (await app.call(createWorkspace, { body: { name: 'Shop' } })).id
  other = (await app.call(createWorkspace, { body: { name: 'Other' } })).id
})
afterAll(() => app.close())

/** A schedule that a member saved. */
async function addScheduled(name: string) {
  const member = await addMember(app, 'member', { scopes: { 'instance:workspace': 'cru' }, workspaces: [workspaceId] })
  const timing = { kind: 'hourly' as const, minute: 0 }
  const schedule = await member.call(createSchedule, { body: { name, workspaceId, timing } })
  return { member, schedule }
}

it('a schedule that a person saved runs while that person may read the workspace, and not beyond', async () => {
  const owner = await app.signIn()
  const made = new Map<string, number>()
  const add = async (name: string) => {
    const { member, schedule } = await addScheduled(name)
    made.set(name, schedule.id)
    return { params: { id: member.id } }
  }
  await add('kept')
  const removed = await owner(deleteMember, await add('removed'))
  expect(removed.stopped).toEqual([
    { kind: 'schedule', id: made.get('removed'), name: 'removed', workspace: { id: workspaceId, name: 'Shop' } },
  ])
  await owner(updateMember, { ...(await add('disabled')), body: { disabled: true } })
  await owner(updateMember, { ...(await add('moved')), body: { workspaces: [other] } })
  await owner(updateMember, { ...(await add('demoted')), body: { scopes: { 'workspace:api': 'r' } } })

  app.advance(3_600_000)
  await tickSchedules({ ...app.deps, connectAlone: () => new pg.Client(app.database.options) })
  const outcomeOf = async (name: string): Promise<unknown[]> => {
    const { db } = app.database
    const rows = db
      .selectFrom('backup')
      .select(['status', 'failure'])
      .where('schedule_id', '=', made.get(name) ?? 0)
    return (await rows.execute()).flatMap(({ status, failure }) => [status, failure?.message ?? null])
  }
  await expect.poll(() => outcomeOf('kept'), { timeout: 10_000 }).toEqual(['succeeded', null])
  for (const [name, why] of [
    ['removed', 'does not exist any more'],
    ['disabled', 'is disabled'],
    ['moved', 'does not reach the workspace'],
    ['demoted', 'lacks the scope instance:workspace:read'],
  ] as const) {
    await expect
      .poll(() => outcomeOf(name), { message: name })
      .toEqual(['failed', expect.stringContaining(why) as string])
  }
})
