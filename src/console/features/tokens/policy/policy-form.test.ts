import { describe, expect, it } from 'vitest'

import { DEFAULT_TOKEN_POLICY } from '#api/contract/token-policy.ts'

import { inDays, tokenWith } from '../token-fixture.ts'
import { lifeWords, toAmount } from './life-amount.ts'
import { PolicyForm, toPolicy, toPolicyForm, toValidPolicy } from './policy-form.ts'
import { breakReason, policySentences, saveLabel } from './policy-words.ts'

const form = (more: Partial<PolicyForm> = {}): PolicyForm => ({ ...toPolicyForm(DEFAULT_TOKEN_POLICY), ...more })
const issues = (input: PolicyForm) =>
  PolicyForm.safeParse(input).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('the form of the policy', () => {
  it('comes back as the policy it was made of', () => {
    const policy = { maxLifeSeconds: 5_400, defaultLifeSeconds: 61, allowsNever: true, asksNeverReason: true }
    expect(toPolicy(toPolicyForm(policy))).toEqual(policy)
    expect(toPolicy(form())).toEqual(DEFAULT_TOKEN_POLICY)
  })

  it('does not ask for a reason where never is not allowed', () => {
    expect(toPolicy(form({ allowsNever: false, asksNeverReason: true })).asksNeverReason).toBe(false)
  })

  it('refuses what the server would refuse, beside the field', () => {
    expect(issues(form({ usual: { count: null, unit: 'days' } }))).toEqual(['usual.count: Give a number'])
    expect(issues(form({ usual: { count: 1, unit: 'seconds' } }))).toEqual(['usual.count: At least 60 seconds'])
    expect(issues(form({ isLimited: true, longest: { count: 1, unit: 'days' } }))).toEqual([
      'usual.count: Longer than the longest life. Shorten it.',
    ])
    expect(toValidPolicy(form({ usual: { count: null, unit: 'days' } }))).toBeUndefined()
  })
})

it('says a length of time in its largest whole unit', () => {
  expect([86_400, 90_000, 5_400, 61].map(lifeWords)).toEqual(['1 day', '25 hours', '90 minutes', '61 seconds'])
  expect(toAmount(604_800)).toEqual({ count: 7, unit: 'days' })
})

it('says why a token breaks it, and what saving does', () => {
  expect(breakReason(tokenWith(1))).toBe('never expires')
  expect(breakReason(tokenWith(1, { expiresAt: inDays(89) }))).toBe('made for 90 days')
  expect([undefined, 0, 3].map(saveLabel)).toEqual(['Save policy', 'Save policy', 'Save and block 3 tokens'])
  expect(policySentences({ ...DEFAULT_TOKEN_POLICY, allowsNever: false }).at(-1)).toBe('Every token must have an end.')
})
