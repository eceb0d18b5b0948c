import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/realtime.ts'
import { createBranch, createWorkspace, setBranchLive } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type RawCall, rawCall } from '../workspaces/raw-call-fixture.ts'

let test$: TestApp
let raw: RawCall

beforeAll(async () => {
  test$ = await createTestApp()
  raw = await rawCall(test$)
})
afterAll(() => test$.close())

async function newWorkspace(name: string): Promise<number> {
  return (await test$.call(createWorkspace, { body: { name } })).id
}

const read = (workspace_id: number) => test$.call(contract.getRealtime, { params: { workspace_id } })
const update = (workspace_id: number, body: contract.UpdateRealtime) =>
  test$.call(contract.updateRealtime, { params: { workspace_id }, body })

const texts = async (workspaceId: number) =>
  test$.database.db
    .selectFrom('construct')
    .select(['id', 'name', 'guid', 'text', 'updated_at'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute()

const RULE = {
  pattern: 'chat/*',
  description: 'Rooms',
  enabled: false,
  wildcard: true,
  presence: true,
  anonymous_clients: true,
  client_authenticated_messaging: true,
  client_private_messaging: true,
  client_private_messaging_authenticated_only: true,
  client_public_messaging: true,
  client_public_messaging_authenticated_only: true,
  history: 100,
} as const

test('a new workspace has realtime switched off, a hash of its own and no channels', async () => {
  const [one, two] = [await read(await newWorkspace('One')), await read(await newWorkspace('Two'))]
  expect(one).toMatchObject({ enabled: false, channels: [] })
  expect(one.hash).toMatch(/^[A-Za-z0-9_-]{27}$/)
  expect(one.hash).not.toBe(two.hash)
})

test('what is not sent stays: the flag, the hash, the channels', async () => {
  const id = await newWorkspace('Stays')
  const { hash } = await read(id)
  const made = await update(id, { enabled: true, channels: [RULE] })
  expect(made).toMatchObject({ enabled: true, hash, channels: [RULE] })
  expect(await update(id, { hash: 'my_shop-1' })).toEqual({ ...made, hash: 'my_shop-1' })
  expect(await update(id, {})).toEqual({ ...made, hash: 'my_shop-1' })
  expect(await read(id)).toEqual({ ...made, hash: 'my_shop-1' })
})

test('every setting of a rule is kept in the text of its channel, alone and together', async () => {
  const id = await newWorkspace('Settings')
  const { pattern: _pattern, description: _description, enabled: _enabled, wildcard: _wildcard, ...flags } = RULE
  for (const [key, value] of Object.entries(flags)) {
    const { channels } = await update(id, { channels: [{ pattern: 'only', [key]: value }] })
    const off = Object.fromEntries(Object.keys(flags).map((name) => [name, name === 'history' ? 0 : false]))
    expect(channels).toMatchObject([{ enabled: true, wildcard: false, ...off, [key]: value }])
    await update(id, { channels: [] })
  }
})

test('channels are replaced by pattern: changed ones keep id and guid, others come and go', async () => {
  const id = await newWorkspace('Replaces')
  const first = await update(id, { channels: [{ pattern: 'a' }, { pattern: 'b', history: 25 }] })
  const before = await texts(id)
  const channels = [{ pattern: 'B', presence: true }, { pattern: 'c' }]
  const second = await update(id, { channels })
  expect(second.channels).toMatchObject([
    { id: first.channels[1]?.id, pattern: 'B', history: 25, presence: true },
    { pattern: 'c', presence: false },
  ])
  expect((await texts(id))[0]?.guid).toBe(before[1]?.guid)
})

test('channels that are named by id may take each other’s patterns', async () => {
  const id = await newWorkspace('Swaps')
  const { channels } = await update(id, { channels: [{ pattern: 'a', history: 25 }, { pattern: 'b' }] })
  const swapped = channels.map((channel, at) => ({ id: channel.id, pattern: at === 0 ? 'b' : 'a' }))
  expect((await update(id, { channels: swapped })).channels).toMatchObject([
    { id: channels[0]?.id, pattern: 'b', history: 25 },
    { id: channels[1]?.id, pattern: 'a', history: 0 },
  ])
})

test('what was read can be written back, and changes neither text nor version nor times', async () => {
  const id = await newWorkspace('Back')
  await update(id, { channels: [RULE, { pattern: 'plain' }] })
  const before = await texts(id)
  const answer = await raw('GET', `/${id}/realtime`)
  test$.advance(5_000)
  const again = await raw('PUT', `/${id}/realtime`, { body: answer.body, ifMatch: answer.etag })
  expect(again).toEqual(answer)
  expect(await texts(id)).toEqual(before)
})

test('the channels are those of the live branch', async () => {
  const id = await newWorkspace('Branches')
  await update(id, { channels: [{ pattern: 'both' }] })
  await test$.call(createBranch, { params: { workspace_id: id }, body: { label: 'next' } })
  await test$.call(setBranchLive, { params: { workspace_id: id, branch_label: 'next' } })
  await update(id, { channels: [] })
  await test$.call(setBranchLive, { params: { workspace_id: id, branch_label: 'v1' } })
  expect(await read(id)).toMatchObject({ channels: [{ pattern: 'both' }] })
})

test('a hash that another workspace has, and one that no address can hold, are refused', async () => {
  const [id, other] = [await newWorkspace('Mine'), await newWorkspace('Other')]
  await update(other, { hash: 'taken' })
  for (const hash of ['taken', 'a/b', '', 'x'.repeat(65)]) {
    await expect(update(id, { hash })).rejects.toMatchObject({ status: 400, payload: { param: 'hash' } })
  }
  const wanted = await Promise.all([id, other].map((one) => raw('PUT', `/${one}/realtime`, { body: { hash: 'race' } })))
  expect(wanted.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400])
})

test('a bad rule is refused by its place, and nothing changes', async () => {
  const id = await newWorkspace('Bad rules')
  const before = await update(id, { channels: [{ pattern: 'kept' }] })
  const bad = async (rule: Record<string, unknown>) => {
    const reply = await raw('PUT', `/${id}/realtime`, { body: { enabled: true, channels: [{ pattern: 'a' }, rule] } })
    return [reply.status, (reply.body['payload'] as { param: string }).param]
  }
  expect(await bad({})).toEqual([400, 'channels.1.pattern'])
  expect(await bad({ pattern: 'A' })).toEqual([400, 'channels.1.pattern'])
  expect(await bad({ pattern: 'b', history: 7 })).toEqual([400, 'channels.1.history'])
  expect(await bad({ pattern: 'b', presence: 'yes' })).toEqual([400, 'channels.1.presence'])
  expect(await bad({ pattern: 'b', unknown: 1 })).toEqual([400, 'channels.1.unknown'])
  expect(await bad({ pattern: 'b', id: 999_999 })).toEqual([400, 'channels.1.id'])
  expect(await read(id)).toEqual(before)
})

test('a write for another version is refused, telling who changed what; scopes and workspaces are asked for', async () => {
  const id = await newWorkspace('Versions')
  const { etag } = await raw('GET', `/${id}/realtime`)
  await raw('PUT', `/${id}/realtime`, { body: { enabled: true }, ifMatch: etag })
  expect(await raw('PUT', `/${id}/realtime`, { body: { enabled: false }, ifMatch: etag })).toMatchObject({
    status: 409,
    body: { payload: { reason: 'version', changes: [{ action: 'realtimeUpdate', detail: { changed: ['enabled'] } }] } },
  })
  await expect(read(999_999)).rejects.toMatchObject({ status: 404 })
  await expect(update(999_999, {})).rejects.toMatchObject({ status: 404 })
  const params = { workspace_id: id }
  const reader = await test$.callAs({ 'instance:workspace': 'r' })
  expect(await reader(contract.getRealtime, { params })).toMatchObject({ enabled: true })
  await expect(reader(contract.updateRealtime, { params, body: {} })).rejects.toMatchObject({
    status: 403,
    payload: { scope: 'instance:workspace:update' },
  })
})
