import { describe, expect, it } from 'vitest'

import { type OidcProvider, SaveOidcProvider } from '#api/contract/oidc.ts'

import { bodyOf, domainsOf, formOf, ProviderForm, saveOf } from './provider-form.ts'

const provider: OidcProvider = {
  id: 4,
  name: 'Example',
  issuer: 'https://login.example.com',
  clientId: 'metadeck',
  allowedDomains: ['example.com', 'example.org'],
  roleClaim: 'realm_access.roles',
  roleRules: [{ value: 'admins', role: 'admin' }],
  fallbackRole: null,
  createsAccounts: true,
  memberScopes: { 'workspace:database': 'r' },
  memberWorkspaces: [3],
  countsAsSecondFactor: true,
  active: true,
  hasSecret: true,
  redirectUri: 'https://deck.example.com/api:console/oidc/4/callback',
  createdAt: '2026-11-20T12:00:00.000Z',
  updatedAt: '2026-11-20T12:00:00.000Z',
}

const faults = (form: ProviderForm): string[] =>
  (ProviderForm.safeParse(form).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('a provider that is changed', () => {
  it('is sent as it was, and without its secret', () => {
    const { clientSecret, ...rules } = saveOf(formOf(provider))
    expect(clientSecret).toBeUndefined()
    expect(rules).toEqual(bodyOf(provider))
    expect(SaveOidcProvider.safeParse(bodyOf(provider)).success).toBe(true)
  })

  it('asks for the secret again once it would go elsewhere', () => {
    expect(faults(formOf(provider))).toEqual([])
    expect(faults({ ...formOf(provider), issuer: 'https://evil.example.com' })).toEqual(['clientSecret'])
    expect(faults({ ...formOf(provider), clientId: 'other' })).toEqual(['clientSecret'])
    expect(faults({ ...formOf(provider), clientId: 'other', isPublic: true })).toEqual([])
  })

  it('asks for no value of a rule once it takes no roles from a claim', () => {
    const rule = { value: '', role: 'admin' as const }
    expect(faults({ ...formOf(provider), roleRules: [...provider.roleRules, rule] })).toEqual(['roleRules.1.value'])
    expect(faults({ ...formOf(provider), roleRules: [rule], roleClaim: ' ' })).toEqual([])
  })

  it('loses its secret only where it shall have none', () => {
    expect(saveOf({ ...formOf(provider), isPublic: true }).clientSecret).toBe('')
    expect(saveOf({ ...formOf(provider), clientSecret: 'new' }).clientSecret).toBe('new')
  })
})

describe('a new provider', () => {
  it('needs name, address, client and a domain', () => {
    expect(faults(formOf(undefined))).toEqual(['name', 'issuer', 'clientId', 'domains', 'clientSecret'])
    expect(faults({ ...formOf(provider), domains: 'example' })).toEqual([])
    expect(faults({ ...formOf(provider), domains: 'not a/domain' })).toEqual(['domains'])
  })

  it('takes domains as people write them, and no rules without a claim', () => {
    expect(domainsOf(' @Example.com,example.org;\n a.b ')).toEqual(['example.com', 'example.org', 'a.b'])
    expect(saveOf({ ...formOf(provider), roleClaim: '' })).toMatchObject({ roleClaim: null, roleRules: [] })
  })
})
