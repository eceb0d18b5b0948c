import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'
import { signOut } from '#api/contract/session.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

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
