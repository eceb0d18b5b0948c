import { describe, expect, it } from 'vitest'

import { inOrder, reasonOf } from './refusal-words.ts'

const line = (id: number, more: object = {}) => ({
  id,
  name: `schedule ${id}`,
  paused: false,
  nextRunAt: `2026-11-2${id}T02:00:00.000Z`,
  refusal: null,
  ...more,
})
const REFUSAL = 'The access token "ci" that this schedule runs with was revoked.'

describe('schedules that may not run', () => {
  it('are the reason why a workspace is failing', () => {
    const schedules = [line(1), line(2, { refusal: REFUSAL })]
    const one = 'A schedule may not run any more: its next run fails.'
    expect(reasonOf({ schedules, state: 'failing' })).toBe(one)
    const two = [...schedules, line(3, { refusal: REFUSAL })]
    expect(reasonOf({ schedules: two, state: 'failing' })).toMatch(/^2 schedules/)
    expect(reasonOf({ schedules: [line(1)], state: 'failing' })).toMatch(/last run failed/)
    expect(reasonOf({ schedules: [], state: 'unscheduled' })).toMatch(/nothing takes the next one/)
    expect(reasonOf({ schedules, state: 'late' })).toBeUndefined()
    expect(reasonOf({ schedules, state: 'protected' })).toBeUndefined()
  })

  it('come before those that run, and those before what pauses', () => {
    const paused = line(4, { paused: true, nextRunAt: null })
    const ids = inOrder([paused, line(2), line(1), line(3, { refusal: REFUSAL })]).map(({ id }) => id)
    expect(ids).toEqual([3, 1, 2, 4])
  })
})
