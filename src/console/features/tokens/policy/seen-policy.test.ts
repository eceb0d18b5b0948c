import { expect, it } from 'vitest'

import { DEFAULT_TOKEN_POLICY } from '#api/contract/token-policy.ts'

import { isEffectSeen } from './seen-policy.ts'

const saved = { ...DEFAULT_TOKEN_POLICY, maxLifeSeconds: null, allowsNever: true }
const month = { ...saved, maxLifeSeconds: 2_592_000 }
const day = { ...saved, maxLifeSeconds: 86_400 }

it('a policy is saved at once only where what it blocks is seen', () => {
  expect(isEffectSeen(day, saved, { tried: day, isAnswered: true })).toBe(true)
  expect(isEffectSeen(day, saved, { tried: day, isAnswered: false })).toBe(false)
  expect(isEffectSeen(day, saved, { tried: month, isAnswered: true })).toBe(false)
  expect(isEffectSeen(day, saved, { tried: undefined, isAnswered: true })).toBe(false)
})

it('a policy whose limits hold already blocks nothing more, seen or not', () => {
  const shorterUsual = { ...saved, defaultLifeSeconds: 3_600 }
  expect(isEffectSeen(shorterUsual, saved, { tried: undefined, isAnswered: false })).toBe(true)
})
