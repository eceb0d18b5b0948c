import { MutationObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'

import type { Member } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'

import { members } from './members.ts'
import { createQueryClient } from './query-client.ts'
import { session } from './session.ts'
import { workspaces } from './workspaces.ts'

const me: Session = {
  user: { id: 3, name: 'Cia', email: 'cia@example.com', role: 'admin' },
  scopes: {},
  workspaces: 'all',
  expiresAt: '2026-12-01T00:00:00.000Z',
  server: { version: '1', publicUrl: '' },
}
const grant = { role: 'member', scopes: { 'instance:workspace': 'r' }, workspaces: [7] } as const
const changed: Member = {
  ...me.user,
  ...grant,
  workspaces: [7],
  status: 'active',
  hasPassword: true,
  secondSteps: [],
  createdAt: '2026-11-01T00:00:00.000Z',
  lastSeenAt: null,
  invitedBy: null,
  sessions: 1,
  tokens: 0,
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('whoever changes their own role has their rights at once, and reads again what was read under the old ones', async () => {
  vi.stubGlobal('fetch', (_url: string, { method }: RequestInit) =>
    Promise.resolve(
      Response.json(method === 'PATCH' ? changed : { ...me, ...grant, user: { ...me.user, role: 'member' } }),
    ),
  )
  const client = createQueryClient()
  client.setQueryData(session.current().queryKey, { signedIn: me, reason: 'signed-in' })
  client.setQueryData(workspaces.list().queryKey, [])
  const update = new MutationObserver(client, members.update())
  await update.mutate({ id: 3, changes: { role: 'member', scopes: grant.scopes, workspaces: [7] } })
  await expect.poll(() => client.getQueryData(session.current().queryKey)?.signedIn?.user.role).toBe('member')
  await expect.poll(() => client.getQueryState(workspaces.list().queryKey)?.isInvalidated).toBe(true)
})
