import { expect, it } from 'vitest'

import { proofKinds } from './proof-ways.ts'

const FACTORS = { totpSince: null, passkeys: 0, recoveryCodesLeft: 0, required: false }

it.each([
  ['nothing', false, {}, []],
  ['a password', true, {}, ['password']],
  ['an app alone', false, { totpSince: '2026-11-21T10:00:00Z' }, ['code']],
  ['a passkey and its codes', false, { passkeys: 1, recoveryCodesLeft: 3 }, ['recoveryCode']],
  [
    'everything',
    true,
    { totpSince: '2026-11-21T10:00:00Z', passkeys: 1, recoveryCodesLeft: 10 },
    ['password', 'code', 'recoveryCode'],
  ],
])('an account with %s is asked for what it has', (_what, hasPassword, factors, kinds) => {
  expect(proofKinds({ hasPassword, factors: { ...FACTORS, ...factors } })).toEqual(kinds)
})

it('asks for nothing that is not known yet', () => {
  expect(proofKinds({ hasPassword: true, factors: undefined })).toEqual(['password'])
})
