import { describe, expect, it } from 'vitest'

import { DEFAULT_TOKEN_POLICY } from '#api/contract/token-policy.ts'

import { inDays, tokenWith } from '../token-fixture.ts'
import { lifeWords, toAmount } from './life-amount.ts'
import { PolicyForm, toPolicy, toPolicyForm, toValidPolicy } from './policy-form.ts'
import {
  breakReason,
  countNew,
  effectWords,
  isSameLimit,
  policySentences,
  saveLabel,
  stopWords,
} from './policy-words.ts'

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

it('does not call a token blocked that works until the policy is saved', () => {
  const found = (...wouldBlock: boolean[]) => ({
    items: wouldBlock.map((one, id) => ({ ...tokenWith(id), wouldBlock: one })),
    total: wouldBlock.length,
  })
  expect(effectWords(found(true), false)).toBe(
    '1 token would be blocked once this is saved: refused, not revoked; a policy that allows it lets it in again. Until then nothing changes.',
  )
  expect(effectWords(found(true, false, false), false)).toMatch(
    /^1 token would be blocked .* 2 tokens break it and do not work now\.$/,
  )
  expect(effectWords(found(false), false)).toBe(
    'No token that works now would be blocked. 1 token breaks it and does not work now.',
  )
  expect(effectWords(found(false, false, false), true)).toBe(
    '3 tokens break it: refused, not revoked; a policy that allows them lets them in again.',
  )
  expect(effectWords(found(), false)).toMatch(/^No token breaks it/)
  expect([countNew(found(true, false)), countNew({ ...found(true), total: 900 })]).toEqual([1, 900])
  expect(isSameLimit(DEFAULT_TOKEN_POLICY, { ...DEFAULT_TOKEN_POLICY, defaultLifeSeconds: 60 })).toBe(true)
  expect(isSameLimit(DEFAULT_TOKEN_POLICY, { ...DEFAULT_TOKEN_POLICY, allowsNever: false })).toBe(false)
})

it('says which schedules stop with the tokens that it blocks, before and after it is saved', () => {
  const violation = (id: number, usedBy: number, more: object = {}) => ({
    ...tokenWith(id, { usedBy, ...more }),
    wouldBlock: true,
  })
  const items = [violation(1, 0), violation(2, 1), violation(3, 2)]
  const users = new Map([
    [2, ['Nightly']],
    [3, ['Weekly', 'Hourly']],
  ])
  expect(stopWords(items, users, false)).toBe('Nightly, Weekly and 1 more would stop once this is saved')
  expect(stopWords(items, new Map(), false)).toBe('3 things in Metadeck would stop once this is saved')
  expect(stopWords([violation(1, 0)], users, false)).toBeUndefined()
  const blocked = [violation(2, 1, { status: 'blocked', blockedBy: 'policy' })]
  expect(stopWords(blocked, users, true)).toBe('Nightly does not run: the policy blocks its token')
})

it('says why a token breaks it, and what saving does', () => {
  expect(breakReason(tokenWith(1))).toBe('never expires')
  expect(breakReason(tokenWith(1, { expiresAt: inDays(89) }))).toBe('made for 90 days')
  expect([undefined, 0, 3].map(saveLabel)).toEqual(['Save policy', 'Save policy', 'Save and block 3 tokens'])
  expect(policySentences({ ...DEFAULT_TOKEN_POLICY, allowsNever: false }).at(-1)).toBe('Every token must have an end.')
})
