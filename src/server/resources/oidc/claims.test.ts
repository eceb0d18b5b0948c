import { expect, test } from 'vitest'

import { displayName, hasClaim, isAllowedDomain, roleBy, verifiedEmail, withClaimsBeside } from './claims.ts'

test('an address counts only where the provider says that it is verified', () => {
  expect(verifiedEmail({ email: 'Ann@Example.com', email_verified: true })).toBe('ann@example.com')
  expect(verifiedEmail({ email: 'ann@example.com', email_verified: 'true' })).toBe('ann@example.com')
  for (const email_verified of [false, 'false', 1, null, undefined, {}]) {
    expect(verifiedEmail({ email: 'ann@example.com', email_verified })).toBeNull()
  }
  for (const email of ['ann', '', 7, ['ann@example.com'], 'a@b@example.com']) {
    expect(verifiedEmail({ email, email_verified: true })).toBeNull()
  }
})

test('an address is verified by the place that tells it, never by what is said of another one', () => {
  const beside = { email: 'eve@example.com', email_verified: true, name: 'Beside', groups: ['x'] }
  expect(withClaimsBeside({ sub: '1', name: 'Ann' }, beside)).toMatchObject({ ...beside, name: 'Ann' })
  expect(verifiedEmail(withClaimsBeside({ email: 'ann@example.com' }, beside))).toBe('eve@example.com')
  const { email: _email, ...flagOnly } = beside
  expect(verifiedEmail(withClaimsBeside({ email: 'ann@example.com' }, flagOnly))).toBeNull()
  expect(verifiedEmail(withClaimsBeside({ email_verified: true }, { email: 'ann@example.com' }))).toBeNull()
  const whole = { email: 'ann@example.com', email_verified: false }
  expect(withClaimsBeside(whole, beside)).toMatchObject({ ...whole, groups: ['x'] })
})

test('a domain is compared whole', () => {
  expect(isAllowedDomain('ann@example.com', ['example.org', 'example.com'])).toBe(true)
  for (const email of ['ann@a.example.com', 'ann@notexample.com', 'ann@example.com.evil.test']) {
    expect(isAllowedDomain(email, ['example.com'])).toBe(false)
  }
})

test('the first rule that fits gives the role', () => {
  const rules = [
    { value: 'admins', role: 'admin' },
    { value: 'users', role: 'member' },
  ] as const
  expect(roleBy({ groups: ['users', 'admins'] }, 'groups', rules)).toBe('admin')
  expect(roleBy({ groups: 'users' }, 'groups', rules)).toBe('member')
  expect(roleBy({ realm_access: { roles: ['users'] } }, 'realm_access.roles', rules)).toBe('member')
  expect(roleBy({ 'https://example.com/roles': ['admins'] }, 'https://example.com/roles', rules)).toBe('admin')
  for (const claims of [{}, { groups: [] }, { groups: 'admins,users' }, { groups: { admins: true } }]) {
    expect(roleBy(claims, 'groups', rules)).toBeNull()
  }
  expect(hasClaim({}, 'constructor')).toBe(false)
})

test('a name is one line that ends somewhere, else the address', () => {
  expect(displayName({ name: 'Ann\nOther' }, 'a@b.co')).toBe('Ann Other')
  expect(displayName({ name: 'x'.repeat(500) }, 'a@b.co')).toHaveLength(200)
  for (const name of ['', '  ', 7, undefined]) expect(displayName({ name }, 'a@b.co')).toBe('a@b.co')
})
