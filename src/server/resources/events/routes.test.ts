import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'
import { signOut } from '#api/contract/session.ts'
import { endOtherSessions } from '#api/contract/sessions.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, signInAs } from '../members/member-fixture.ts'
import { mayHear } from './reach.ts'

let test$: TestApp
let url: string

beforeAll(async () => {
  test$ = await createTestApp()
  await test$.app.listen({ host: '127.0.0.1', port: 0 })
  url = `ws://127.0.0.1:${(test$.app.server.address() as AddressInfo).port}${EVENTS_PATH}`
})
afterAll(() => test$.close())

async function open(ticket: string): Promise<WebSocket> {
  const socket = new WebSocket(url, [EVENTS_PROTOCOL, `${EVENTS_TICKET_PREFIX}${ticket}`])
  await once(socket, 'open')
  return socket
}

async function refused(ticket: string): Promise<string> {
  return open(ticket).then(
    () => 'opened',
    (error: unknown) => (error as Error).message,
  )
}

test('a change reaches an open socket within a second', async () => {
  const { ticket } = await (await test$.signIn())(createEventTicket)
  const socket = await open(ticket)
  expect(socket.protocol).toBe(EVENTS_PROTOCOL)
  const frame = once(socket, 'message', { signal: AbortSignal.timeout(1_000) })
  await test$.call(createWorkspace, { body: { name: 'Seen' } })
  const [data] = (await frame) as [Buffer]
  expect(JSON.parse(data.toString())).toMatchObject({ type: 'changed', resource: 'workspaces' })
  socket.close()
})

test('a ticket is good for one socket, for 30 seconds, while its session lasts', async () => {
  const session = await test$.signIn()
  const { ticket } = await session(createEventTicket)
  const socket = await open(ticket)
  expect(await refused(ticket)).toMatch(/401/)
  socket.close()
  const late = await session(createEventTicket)
  test$.advance(31_000)
  expect(await refused(late.ticket)).toMatch(/401/)
  const orphan = await session(createEventTicket)
  await session(signOut)
  expect(await refused(orphan.ticket)).toMatch(/401/)
  expect(await refused('made-up')).toMatch(/401/)
})

test('a token of the API opens no socket', async () => {
  await expect(test$.call(createEventTicket)).rejects.toMatchObject({ status: 403 })
})

test('a socket is closed within seconds when its session is ended or its account is disabled; others stay', async () => {
  const me = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'r' } })
  const second = await signInAs(test$, me.id)
  const disabled = await addMember(test$, 'admin')
  const [kept, ended, out] = await Promise.all(
    [me, second, disabled].map(async ({ call }) => open((await call(createEventTicket)).ticket)),
  )
  if (kept === undefined || ended === undefined || out === undefined) throw new Error('a socket did not open')
  const closed = Promise.all(
    [ended, out].map((socket) => once(socket, 'close', { signal: AbortSignal.timeout(5_000) })),
  )
  await me.call(endOtherSessions)
  const disabled_at = test$.deps.now()
  await test$.database.db.updateTable('user').set({ disabled_at }).where('id', '=', disabled.id).execute()
  expect((await closed).map(([code]) => code as number)).toEqual([4001, 4001])
  expect(kept.readyState).toBe(WebSocket.OPEN)
  kept.close()
})

test('a member hears of workspaces in reach, and of no other', async () => {
  const [mine, other] = [
    await test$.call(createWorkspace, { body: { name: 'In reach' } }),
    await test$.call(createWorkspace, { body: { name: 'Out of reach' } }),
  ]
  const rights = { scopes: { 'instance:workspace': 'r' }, workspaces: [mine.id] }
  const { call } = await addMember(test$, 'member', rights)
  const socket = await open((await call(createEventTicket)).ticket)
  const heard: unknown[] = []
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())))
  for (const { id } of [other, mine]) {
    await test$.call(updateWorkspace, { params: { workspace_id: id }, body: { description: 'new' } })
  }
  await expect.poll(() => heard).toMatchObject([{ resource: 'workspaces', workspaceId: mine.id }])
  socket.close()
})

test('progress is told to who reaches the workspace; of one that is gone, to who reaches all', () => {
  const caller = { kind: 'session', id: 1, label: '', user: null, scopes: {}, expiresAt: null } as const
  const progress = (workspaceId: number | null) =>
    ({ type: 'progress', resource: 'backups', id: 1, item: { workspaceId } }) as const
  const limited = { ...caller, workspaces: [1] }
  expect([1, 2, null].map((id) => mayHear(limited, progress(id)))).toEqual([true, false, false])
  expect(mayHear({ ...caller, workspaces: 'all' }, progress(null))).toBe(true)
})
