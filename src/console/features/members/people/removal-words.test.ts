import { expect, it } from 'vitest'

import { fateToCome, fateWords, stoppedPath, stoppedWords } from './removal-words.ts'

const schedule = (id: number) => ({ kind: 'schedule', id, name: 'Nightly', workspace: { id: 3, name: 'Shop' } })

it('says that tokens that were handed over do not work yet', () => {
  expect(fateWords([])).toBeUndefined()
  expect(fateWords([{ id: 1, name: 'CI', fate: 'handed_over' }])).toBe(
    'Token “CI” handed over, disabled until the new holder enables or rotates it.',
  )
  const both = [1, 2].map((id) => ({ id, name: `job ${id}`, fate: 'handed_over' as const }))
  expect(fateWords([...both, { id: 3, name: 'Old', fate: 'revoked' }])).toBe(
    'Tokens “job 1” and “job 2” handed over, disabled until the new holder enables or rotates them. Token “Old” revoked.',
  )
  expect(fateWords([{ id: 4, name: 'Shared', fate: 'disabled' }])).toBe(
    'Token “Shared” of others disabled, as the removed one was shown its secret.',
  )
})

it('says before a removal what it does to which tokens', () => {
  expect(fateToCome(['CI'], 1, false)).toBe(
    'Token “CI” of theirs is revoked, and every program that uses it is refused.',
  )
  expect(fateToCome(['CI', 'Nightly', 'Batch', 'Old'], 7, true)).toBe(
    'Tokens “CI”, “Nightly”, “Batch” and 4 more of theirs are disabled until the new holder enables or rotates them.',
  )
  expect(fateToCome([], 2, false)).toBe('2 tokens of theirs are revoked, and every program that uses them is refused.')
})

it('counts what stopped and leads to it', () => {
  expect(stoppedWords([schedule(1)])).toBe('1 schedule does not run any more')
  expect(stoppedWords([schedule(1), schedule(2)])).toBe('2 schedules do not run any more')
  expect(stoppedPath(schedule(2))).toBe('/w/3/schedules/2')
  expect(stoppedPath({ ...schedule(2), workspace: null })).toBeUndefined()
  expect(stoppedPath({ ...schedule(2), kind: 'other' })).toBeUndefined()
})
