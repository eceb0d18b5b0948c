import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Call } from '#api/client/call.ts'
import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'
import { deleteMember, updateMember } from '#api/contract/members.ts'
import { signOut } from '#api/contract/session.ts'
import {
  endOtherSessions,
  endSession,
  getSessionPolicy,
  listSessions,
  updateSessionPolicy,
} from '#api/contract/sessions.ts'
import { putSignInPolicy } from '#api/contract/sign-in-methods.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../../app.ts'
import { openHub } from '../../realtime/hub.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, signInAs } from '../members/member-fixture.ts'

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

test('a socket is closed at once by what another process does: a sign-out, the end of a session, of an account', async () => {
  // As a second process has it: a hub and sockets of its own, on the same database.
  const hub = await openHub(test$.database.options, () => undefined)
  const other = await buildApp({ ...test$.deps, hub }, { consoleFolder: `${test$.dataDir}/no-console` })
  await other.listen({ host: '127.0.0.1', port: 0 })
  const owner = await test$.signIn()
  const ways: ((call: Call, userId: number) => Promise<unknown>)[] = [
    (call) => call(signOut),
    async (call) => {
      const own = (await call(listSessions, {})).items.find(({ current }) => current)
      return owner(endSession, { params: { id: own?.id ?? 0 } })
    },
    (_call, id) => owner(updateMember, { params: { id }, body: { disabled: true } }),
  ]
  // One of them may be closed by the look from time to time; the next of those would come seconds later.
  for (const end of [...ways, ...ways]) {
    const { id, call } = await addMember(test$, 'admin')
    const socket = await open((await call(createEventTicket)).ticket, addressOf(other))
    expect(await closedBy(socket, () => end(call, id))).toBe(4001)
  }
  await other.close()
  await hub.close()
})

test('a session that may not last so long any more closes its socket at once', async () => {
  const owner = await test$.signIn()
  const { ticket } = await owner(createEventTicket)
  const old = await addMember(test$, 'admin')
  const socket = await open((await old.call(createEventTicket)).ticket)
  const second = await open(ticket)
  const { database, deps } = test$
  const created_at = new Date(deps.now().getTime() - 7_200_000)
  await database.db.updateTable('session').set({ created_at }).where('user_id', '=', old.id).execute()
  const policy = await owner(getSessionPolicy)
  expect(
    await closedBy(socket, () =>
      owner(updateSessionPolicy, { body: { ...policy, idleSeconds: 3_600, lifeSeconds: 3_600 } }),
    ),
  ).toBe(4001)
  expect(second.readyState).toBe(WebSocket.OPEN)
  await owner(updateSessionPolicy, { body: policy })
  second.close()
})

test('after a time in which events may have been lost, sockets are closed, so that all is read anew', async () => {
  const { ticket } = await (await test$.signIn())(createEventTicket)
  const socket = await open(ticket)
  const heard: Buffer[] = []
  socket.on('message', (data: Buffer) => heard.push(data))
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(8_000) })
  await test$.database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'metadeck events' and datname = current_database()",
  )
  await test$.call(createWorkspace, { body: { name: 'Made in the gap' } })
  expect([(await closed)[0], heard]).toEqual([1012, []])
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

test('whoever may not read backups hears nothing of them, neither what changed nor how far one is', async () => {
  const [blind, reader] = await Promise.all(
    [{ 'workspace:log': 'r' }, { 'instance:workspace': 'r' }].map(async (scopes) => {
      const { call } = await addMember(test$, 'member', { scopes })
      const socket = await open((await call(createEventTicket)).ticket)
      const heard: string[] = []
      socket.on('message', (data: Buffer) => heard.push(data.toString()))
      return { socket, heard }
    }),
  )
  const progress = { type: 'progress', resource: 'backups', id: 1, item: { workspaceId: 1, name: 'Private' } } as const
  const { hub, connection } = test$.deps
  await hub.publish(connection.db, progress)
  await hub.publish(connection.db, { type: 'changed', resource: 'backups', id: 1 })
  await hub.publish(connection.db, { type: 'changed', resource: 'tokens', id: 1 })
  await expect.poll(() => [blind?.heard.length, reader?.heard.length]).toEqual([1, 3])
  expect(blind?.heard).toEqual([expect.stringContaining('tokens')])
  blind?.socket.close()
  reader?.socket.close()
})

test('a session that a stricter sign-in policy ends closes its socket at once', async () => {
  const { id, call } = await addMember(test$, 'owner')
  const now = test$.deps.now()
  const totp = { user_id: id, sealed_secret: test$.deps.vault.seal('A'), created_at: now, confirmed_at: now }
  await test$.database.db.insertInto('totp').values(totp).execute()
  // The first one may be closed by the look from time to time; the next of those would come seconds later.
  for (let times = 0; times < 2; times += 1) {
    const { call: without } = await addMember(test$, 'admin')
    const socket = await open((await without(createEventTicket)).ticket)
    expect(await closedBy(socket, () => call(putSignInPolicy, { body: { requiresSecondStep: true } }))).toBe(4001)
  }
})
