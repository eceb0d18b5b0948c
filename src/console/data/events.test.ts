import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Session } from '#api/contract/session.ts'

import { createServerEvents } from './events.ts'
import { createQueryClient } from './query-client.ts'
import { session } from './session.ts'

const member: Session = {
  user: { id: 3, name: 'Cia', email: 'cia@example.com', role: 'member' },
  scopes: {},
  workspaces: [7],
  expiresAt: '2026-12-01T00:00:00.000Z',
  server: { version: '1', publicUrl: '' },
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z') })
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('location', new URL('http://deck.example/'))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A console behind a proxy that lets no socket through; everything else is answered by `answer`. */
function openConsole(answer: () => Promise<Response>) {
  class NoSocket extends EventTarget {
    constructor() {
      super()
      setTimeout(() => this.dispatchEvent(new Event('close')))
    }
    close(): void {}
  }
  vi.stubGlobal('WebSocket', NoSocket)
  const asked: string[] = []
  vi.stubGlobal('fetch', (input: string | URL) => {
    const path = String(input)
    if (path.includes('ticket'))
      return Promise.resolve(Response.json({ ticket: 't', expiresInSeconds: 30 }, { status: 201 }))
    asked.push(path)
    return answer()
  })
  const client = createQueryClient()
  client.setQueryData(session.current().queryKey, { signedIn: member, reason: 'signed-in' })
  const events = createServerEvents(client)
  return { client, asked, events, stop: events.start() }
}

it('without a socket new rights arrive all the same', async () => {
  const granted = { ...member, scopes: { 'instance:workspace': 'r' } }
  const { client, events, stop } = openConsole(() => Promise.resolve(Response.json(granted)))
  await vi.advanceTimersByTimeAsync(5_100)
  expect(events.status()).toBe('polling')
  expect(client.getQueryData(session.current().queryKey)?.signedIn?.scopes).toEqual(granted.scopes)
  stop()
})

it('a slow answer about the rights is waited for, not asked for again', async () => {
  const { asked, stop } = openConsole(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toHaveLength(1)
  stop()
})
