import { MutationObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { oidc } from '#console/data/oidc.ts'
import { createQueryClient } from '#console/data/query-client.ts'

import { switchProvider } from './switch-provider.ts'

const drawn: OidcProvider = {
  id: 4,
  name: 'Example',
  issuer: 'https://login.example.com',
  clientId: 'metadeck',
  allowedDomains: ['example.com', 'example.org'],
  roleClaim: null,
  roleRules: [],
  fallbackRole: 'member',
  createsAccounts: true,
  memberScopes: { 'workspace:database': 'r' },
  memberWorkspaces: [3],
  countsAsSecondFactor: false,
  active: false,
  hasSecret: true,
  redirectUri: 'https://deck.example.com/api:console/oidc/4/callback',
  createdAt: '2026-11-20T12:00:00.000Z',
  updatedAt: '2026-11-20T12:00:00.000Z',
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('turns a provider on as it is now: a domain that was taken from it meanwhile does not come back', async () => {
  const now: OidcProvider = { ...drawn, allowedDomains: ['example.com'], createsAccounts: false }
  const sent: unknown[] = []
  vi.stubGlobal('fetch', (_url: string, { method, body }: RequestInit) => {
    if (method === 'PUT' && typeof body === 'string') sent.push(JSON.parse(body))
    return Promise.resolve(Response.json(method === 'PUT' ? { ...now, active: true } : { items: [now] }))
  })
  const client = createQueryClient()
  client.setQueryData(oidc.list().queryKey, [drawn])
  await new MutationObserver(client, switchProvider()).mutate({ provider: drawn, active: true, proof: {} })
  const { id: _id, hasSecret: _has, redirectUri: _uri, createdAt: _made, updatedAt: _at, ...rules } = now
  expect(sent).toEqual([{ ...rules, active: true, proof: {} }])
})
