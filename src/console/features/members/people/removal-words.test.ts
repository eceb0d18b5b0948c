import { expect, it } from 'vitest'

import { fateWords, stoppedPath, stoppedWords } from './removal-words.ts'

const schedule = (id: number) => ({ kind: 'schedule', id, name: 'Nightly', workspace: { id: 3, name: 'Shop' } })

it('says that tokens that were handed over do not work yet', () => {
  expect(fateWords([])).toBeUndefined()
  expect(fateWords([{ id: 1, fate: 'handed_over' }])).toBe(
    '1 token handed over, disabled until the new holder enables or rotates it.',
  )
  const both = [1, 2].map((id) => ({ id, fate: 'handed_over' as const }))
  expect(fateWords([...both, { id: 3, fate: 'revoked' }])).toBe(
    '2 tokens handed over, disabled until the new holder enables or rotates them. 1 token revoked.',
  )
  expect(fateWords([{ id: 4, fate: 'disabled' }])).toBe(
    '1 token of others disabled, as the removed one was shown its secret.',
  )
})

it('counts what stopped and leads to it', () => {
  expect(stoppedWords([schedule(1)])).toBe('1 schedule does not run any more')
  expect(stoppedWords([schedule(1), schedule(2)])).toBe('2 schedules do not run any more')
  expect(stoppedPath(schedule(2))).toBe('/w/3/schedules/2')
  expect(stoppedPath({ ...schedule(2), workspace: null })).toBeUndefined()
  expect(stoppedPath({ ...schedule(2), kind: 'other' })).toBeUndefined()
})
