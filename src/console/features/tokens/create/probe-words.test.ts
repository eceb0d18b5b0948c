import { expect, it } from 'vitest'

import { type ProbedScope, probeWords } from './probe-words.ts'

const scope = (change: Partial<ProbedScope> = {}): ProbedScope => ({
  scope: 'workspace:log:read',
  label: 'Workspace Log: Read',
  operation: 'auditLogList',
  method: 'GET',
  path: '/x',
  isDry: false,
  expected: 'refused',
  actual: 'refused',
  status: 403,
  ...change,
})
const words = (items: ProbedScope[], refusal: string | null = null) =>
  probeWords({ items, refusal, isAsExpected: true, text: '' })

it('says what came of a probe, and never calls what is unclear as expected', () => {
  expect(words([scope(), scope({ expected: 'allowed', actual: 'allowed', status: 200 })])).toBe(
    'All 2 scopes answered as expected: 1 let in, 1 refused.',
  )
  expect(words([scope(), scope({ actual: 'unclear', status: 429 })])).toBe('1 of 2 scopes did not answer as expected.')
  expect(words([], 'This access token may not be used from this address.')).toContain('from this address')
})
