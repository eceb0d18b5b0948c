import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Call } from '#api/client/call.ts'
import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'
import { deleteMember, updateMember } from '#api/contract/members.ts'
import { signOut } from '#api/contract/session.ts'
import { endOtherSessions, endSession, listSessions } from '#api/contract/sessions.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../../app.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, signInAs } from '../members/member-fixture.ts'
import { mayHear } from './reach.ts'

let test$: TestApp
let url: string

beforeAll(async () => {
  test$ = await createTestApp()
  await test$.app.listen({ host: '127.0.0.1', port: 0 })
  url = addressOf(test$.app)
})
afterAll(() => test$.close())

function addressOf({ server }: FastifyInstance): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}${EVENTS_PATH}`
}

async function open(ticket: string, at = url): Promise<WebSocket> {
  const socket = new WebSocket(at, [EVENTS_PROTOCOL, `${EVENTS_TICKET_PREFIX}${ticket}`])
  await once(socket, 'open')
  return socket
}

async function refused(ticket: string, at = url): Promise<string> {
  return open(ticket, at).then(
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

test('a ticket that was used is no good in another spelling, and in no other process', async () => {
  const { ticket } = await (await test$.signIn())(createEventTicket)
  const socket = await open(ticket)
  // What reads base64 skips these.
  for (const again of [`${ticket}~`, `${ticket.slice(0, 9)}.${ticket.slice(9)}`]) {
    expect(await refused(again)).toMatch(/401/)
  }
  const other = await buildApp(test$.deps, { consoleFolder: `${test$.dataDir}/no-console` })
  await other.listen({ host: '127.0.0.1', port: 0 })
  expect(await refused(ticket, addressOf(other))).toMatch(/401/)
  socket.close()
  await other.close()
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

/** The code that this closes the socket with, sooner than the look from time to time; maybe before it is answered. */
async function closedBy(socket: WebSocket, end: () => Promise<unknown>): Promise<number> {
  const [[code]] = await Promise.all([once(socket, 'close', { signal: AbortSignal.timeout(2_000) }), end()])
  return code as number
}

test('the socket of an account is closed at once when somebody disables or removes it', async () => {
  const owner = await test$.signIn()
  const end = [
    (id: number) => owner(updateMember, { params: { id }, body: { disabled: true } }),
    (id: number) => owner(deleteMember, { params: { id } }),
  ]
  // The first one may be closed by the look from time to time; the next of those would come seconds later.
  for (const endAccount of end) {
    const { id, call } = await addMember(test$, 'admin')
    const socket = await open((await call(createEventTicket)).ticket)
    expect(await closedBy(socket, () => endAccount(id))).toBe(4001)
  }
})

test('the socket of a session is closed at once when that is ended from another one', async () => {
  const me = await addMember(test$, 'admin')
  const ways = [
    (id: number) => me.call(endSession, { params: { id } }),
    () => me.call(endOtherSessions),
    () => me.call(endOtherSessions),
  ]
  for (const end of ways) {
    const { call } = await signInAs(test$, me.id)
    const socket = await open((await call(createEventTicket)).ticket)
    const own = (await call(listSessions, {})).items.find(({ current }) => current)
    expect(await closedBy(socket, () => end(own?.id ?? 0))).toBe(4001)
  }
})

test('one session has 20 sockets at most; one more is told so, and others are not touched', async () => {
  const session = await test$.signIn()
  const openOne = async (call: Call): Promise<WebSocket> => open((await call(createEventTicket)).ticket)
  const kept = await Promise.all(Array.from({ length: 20 }, () => openOne(session)))
  const [code, reason] = (await once(await openOne(session), 'close')) as [number, Buffer]
  expect([code, reason.toString()]).toEqual([4002, expect.stringContaining('20 sockets')])
  const others = await openOne(await test$.signIn())
  kept[0]?.close()
  await once(kept[0] ?? others, 'close')
  const again = await openOne(session)
  await session(createEventTicket)
  expect([...kept.slice(1), others, again].map(({ readyState }) => readyState)).toEqual(
    Array.from({ length: 21 }, () => WebSocket.OPEN),
  )
  for (const socket of [...kept, others, again]) socket.close()
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
