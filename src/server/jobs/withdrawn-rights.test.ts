import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { createBackup, drillBackup, getBackup } from '#api/contract/backups.ts'
import { deleteMember, updateMember } from '#api/contract/members.ts'
import { createRestore, getRestore } from '#api/contract/restores.ts'
import { createSchedule, runSchedule } from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken, revokeToken } from '#api/contract/tokens.ts'
import { listWorkspaces } from '#api/contract/workspaces.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { makeOperatorToken } from '../cli/operator-token.ts'
import { addMember } from '../resources/members/member-fixture.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { takeBackup } from './job-fixture.ts'
import { openJobQueue } from './open-queue.ts'
import type { JobQueue } from './queue.ts'

/** What is asked for while no process takes jobs, as it is after a process with workers begins. */
let app: TestApp
let owner: Call
let shop: number
let archive: number
let opened: JobQueue[]

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.signIn()
  shop = await makeWorkspace(app.database, 'Shop', [{ name: 'orders', columns: [{ name: 'id', type: 'int' }] }])
  archive = (await takeBackup(app, { workspaceId: shop })).id
  await app.deps.jobs.close()
  const queue = await openJobQueue({ ...app.deps, config: { ...app.deps.config, role: 'web' } }, app.database.options)
  app.deps.jobs.enqueue = queue.enqueue.bind(queue)
  opened = [queue]
})
afterAll(async () => {
  await Promise.all(opened.map((queue) => queue.close()))
  await app.close()
})

interface Asked {
  backups: number[]
  restores: number[]
}

/** A backup that waits; with `all`, a run of a schedule and a restore as well. */
async function ask(name: string, call: Call, all: boolean): Promise<Asked> {
  const { id } = await call(createBackup, { body: { workspaceId: shop } })
  if (!all) return { backups: [id], restores: [] }
  const timing = { kind: 'monthly', day: 1, time: '00:00' } as const
  const schedule = await call(createSchedule, { body: { name, workspaceId: shop, timing } })
  const run = await call(runSchedule, { params: { id: schedule.id } })
  const restore = await call(createRestore, { body: { backupId: archive, into: { newWorkspace: name } } })
  return { backups: [id, run.id], restores: [restore.id] }
}

/** How what was asked for has ended, with the reason where it failed. */
async function outcomesOf({ backups, restores }: Asked): Promise<string[]> {
  const done = [
    ...(await Promise.all(backups.map((id) => app.call(getBackup, { params: { id } })))),
    ...(await Promise.all(restores.map((id) => app.call(getRestore, { params: { id } })))),
  ]
  return done.map(({ status, failure }) => `${status} ${failure?.message ?? ''}`.trim())
}

/** Everything is asked for by these, a backup by the others. */
const ASK_ALL = new Set(['kept', 'disabled', 'revoked'])
const POLL = { timeout: 30_000, interval: 100 }

it('what waits to be done is not done for who may not ask for it any more; all else is', async () => {
  const people = {
    kept: await addMember(app, 'admin'),
    disabled: await addMember(app, 'admin'),
    removed: await addMember(app, 'admin'),
    demoted: await addMember(app, 'admin'),
  }
  const grant = { scopes: ALL_SCOPES, workspaces: 'all', expiresInSeconds: 3_600 } as const
  const revoked = await owner(createToken, { body: { ...grant, name: 'CI' } })
  const expired = await owner(createToken, { body: { ...grant, name: 'Short' } })
  const operator = await makeOperatorToken(app.database.db)
  const withToken = (token: string): Call => app.callWith({ authorization: `Bearer ${token}` })
  const calls: Record<string, Call> = {
    ...Object.fromEntries(Object.entries(people).map(([name, { call }]) => [name, call])),
    revoked: withToken(revoked.token),
    expired: withToken(expired.token),
    operator: withToken(operator.secret),
  }
  const asked = new Map<string, Asked>()
  for (const [name, call] of Object.entries(calls)) asked.set(name, await ask(name, call, ASK_ALL.has(name)))
  await people.disabled.call(drillBackup, { params: { id: archive } })

  await owner(updateMember, { params: { id: people.disabled.id }, body: { disabled: true } })
  await owner(deleteMember, { params: { id: people.removed.id } })
  const rights = { role: 'member', scopes: { 'workspace:api': 'r' }, workspaces: 'all' } as const
  await owner(updateMember, { params: { id: people.demoted.id }, body: rights })
  await owner(revokeToken, { params: { id: revoked.id } })
  await operator.remove()
  app.advance(3_700_000)
  opened.push(await openJobQueue(app.deps, app.database.options))

  const why = {
    kept: null,
    operator: null,
    expired: null,
    disabled: 'The account of The admin, who asked for it, is disabled.',
    removed: 'The account that asked for it does not exist any more.',
    demoted: 'The account of The admin, who asked for it, lacks the scope instance:workspace:read.',
    revoked: 'The access token "CI" that asked for it was revoked.',
  }
  for (const [name, sentence] of Object.entries(why)) {
    const wait = asked.get(name) ?? { backups: [], restores: [] }
    const wanted =
      sentence === null ? 'succeeded' : (expect.stringContaining(`failed Nothing was done. ${sentence}`) as string)
    const all = [...wait.backups, ...wait.restores].map(() => wanted)
    await expect.poll(() => outcomesOf(wait), { ...POLL, message: name }).toEqual(all)
  }
  const drill = async () => (await app.call(getBackup, { params: { id: archive } })).drill
  const disabled = { message: expect.stringContaining('is disabled') as string }
  await expect.poll(drill, POLL).toMatchObject({ status: 'failed', failure: disabled })
  const made = (await app.call(listWorkspaces)).map(({ name }) => name)
  expect(made.toSorted()).toEqual(['Shop', 'kept'])
}, 60_000)
