import { QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'
import type { Session } from '#api/contract/session.ts'

import { backups } from './backups.ts'
import { createQueryClient } from './query-client.ts'
import { refreshRights, session } from './session.ts'
import { targets } from './targets.ts'
import { watchWaiting } from './waiting.ts'
import { workspaces } from './workspaces.ts'

const member: Session = {
  user: { id: 3, name: 'Cia', email: 'cia@example.com', role: 'member' },
  scopes: { 'instance:workspace': 'r' },
  workspaces: [7],
  expiresAt: '2026-12-01T00:00:00.000Z',
  server: { version: '1', publicUrl: '' },
}

/** A client for which somebody is signed in, and what it sends. */
function openClient(
  scopes: Session['scopes'],
  answer: () => Response = () => Response.json({ items: [], nextCursor: null }),
) {
  const sent = vi.fn<() => Promise<Response>>(() => Promise.resolve(answer()))
  vi.stubGlobal('fetch', sent)
  const client = createQueryClient()
  client.setQueryData(session.current().queryKey, { signedIn: { ...member, scopes }, reason: 'signed-in' })
  return { client, sent }
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a read that could only be refused', () => {
  it('is not sent, and fails as the server would refuse it', async () => {
    const { client, sent } = openClient({})
    const failure = await client.query(backups.list()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'access_denied', payload: { scope: 'instance:workspace:read' } })
    expect(sent).not.toHaveBeenCalled()
  })

  it('is not sent where what belongs to no workspace asks for all of them', async () => {
    const { client, sent } = openClient(member.scopes)
    await expect(client.query(targets.list())).rejects.toMatchObject({ payload: { reason: 'workspace' } })
    expect(sent).not.toHaveBeenCalled()
  })

  it('is not sent to a workspace that is not in reach', async () => {
    const { client, sent } = openClient(member.scopes)
    await expect(client.query(workspaces.branches(8))).rejects.toMatchObject({ payload: { workspace: 8 } })
    expect(sent).not.toHaveBeenCalled()
    await client.query(workspaces.branches(7)).catch(() => undefined)
    expect(sent).toHaveBeenCalledOnce()
  })

  it('stands when the part that shows it is drawn anew, until the rights change', async () => {
    const { client, sent } = openClient({})
    await client.query(backups.list()).catch(() => undefined)
    const drawn = () => {
      const observer = new QueryObserver(client, client.defaultQueryOptions(backups.list()))
      return { stop: observer.subscribe(() => undefined), state: () => observer.getCurrentResult() }
    }
    const first = drawn()
    expect(first.state().isPending).toBe(false)
    first.stop()
    expect(sent).not.toHaveBeenCalled()
    sent.mockResolvedValueOnce(Response.json(member))
    await refreshRights(client)
    const second = drawn()
    await vi.waitFor(() => expect(second.state().data).toEqual({ items: [], nextCursor: null }))
    second.stop()
  })
})

describe('a read that the server puts off', () => {
  it('is told with its time, tried again then, and told no more', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z') })
    const answers = [
      Response.json(
        { code: 'too_many_requests', message: 'Slow down.' },
        { status: 429, headers: { 'retry-after': '30' } },
      ),
      Response.json({ items: [], nextCursor: null }),
    ]
    const { client, sent } = openClient(member.scopes, () => answers[sent.mock.calls.length - 1] ?? Response.error())
    const waiting = watchWaiting(client)
    const result = client.query(backups.list())
    await vi.advanceTimersByTimeAsync(10)
    expect(waiting.until()).toBe(Date.parse('2026-11-21T10:00:30Z'))
    await vi.advanceTimersByTimeAsync(30_000)
    await expect(result).resolves.toMatchObject({ items: [] })
    expect(waiting.until()).toBeUndefined()
    expect(sent).toHaveBeenCalledTimes(2)
  })

  it('is no waiting when it fails for another reason', async () => {
    const { client } = openClient(member.scopes, () =>
      Response.json({ code: 'not_found', message: 'No.' }, { status: 404 }),
    )
    const waiting = watchWaiting(client)
    await expect(client.query(backups.list())).rejects.toBeInstanceOf(ApiError)
    expect(waiting.until()).toBeUndefined()
  })
})
