import { QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Session } from '#api/contract/session.ts'
import type { SignInStep } from '#api/contract/sign-in-step.ts'

import { createQueryClient } from './query-client.ts'
import { recovery } from './recovery.ts'
import { signInStep } from './second-factor.ts'
import { afterFirstStep, session } from './session.ts'
import { workspaces } from './workspaces.ts'

const owner: Session = {
  user: { id: 1, name: 'Olive', email: 'olive@example.com', role: 'owner' },
  scopes: {},
  workspaces: 'all',
  expiresAt: '2026-12-01T00:00:00.000Z',
  server: { version: '1', publicUrl: '' },
}
const step: SignInStep = { needs: 'second_factor', methods: ['totp'], expiresAt: '2026-11-21T10:05:00.000Z' }

function clientOf(signedIn: Session) {
  const client = createQueryClient()
  client.setQueryData(session.current().queryKey, { signedIn, reason: 'signed-in' })
  client.setQueryData(workspaces.list().queryKey, [])
  return client
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a right first step that leaves a second one', () => {
  it('signs out whoever was signed in, forgets what they saw, and keeps the step', () => {
    const client = clientOf(owner)
    afterFirstStep(client, step)
    expect(client.getQueryData(session.current().queryKey)).toEqual({ signedIn: null, reason: 'none' })
    expect(client.getQueryData(workspaces.list().queryKey)).toBeUndefined()
    expect(client.getQueryData(session.stepKey)).toEqual(step)
  })

  it('asks nothing more about the link that it came by, which is used', () => {
    const client = clientOf(owner)
    const sent = vi.fn<() => Promise<Response>>(() => Promise.resolve(Response.json({}, { status: 403 })))
    vi.stubGlobal('fetch', sent)
    const look = { email: 'olive@example.com', expiresAt: step.expiresAt, resetsTwoStep: false }
    client.setQueryData(recovery.look('link').queryKey, look)
    const page = new QueryObserver(client, client.defaultQueryOptions(recovery.look('link')))
    const leave = page.subscribe(() => undefined)
    afterFirstStep(client, step)
    // The page is drawn anew.
    page.setOptions(client.defaultQueryOptions(recovery.look('link')))
    expect([page.getCurrentResult().data, sent.mock.calls]).toEqual([look, []])
    leave()
  })
})

it('a second step that took too long ends the session of nobody', async () => {
  const client = clientOf(owner)
  const refuse = (payload: object) =>
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ code: 'unauthorized', message: 'No.', payload }, { status: 401 })),
    )
  refuse({ reason: 'sign_in_expired' })
  await client.query(signInStep.current()).catch(() => undefined)
  expect(client.getQueryData(session.current().queryKey)?.signedIn).toEqual(owner)
  refuse({})
  await client.query({ ...workspaces.list(), staleTime: 0 }).catch(() => undefined)
  expect(client.getQueryData(session.current().queryKey)).toEqual({ signedIn: null, reason: 'expired' })
})
