import { describe, expect, it } from 'vitest'

import { recoveryPointWords } from './recovery-point-words.ts'

const HOUR_S = 3_600

describe('the recovery point', () => {
  const point = { state: 'protected', ageSeconds: 4 * HOUR_S, wantedSeconds: 24 * HOUR_S } as const

  it('says how old it is and how old it may be', () => {
    expect(recoveryPointWords(point)).toEqual({ words: '4 h old, wanted 24 h', tone: 'success', share: 4 / 24 })
    expect(recoveryPointWords({ ...point, wantedSeconds: null, state: 'unscheduled' })).toEqual({
      words: '4 h old, no schedule',
      tone: 'warning',
      share: undefined,
    })
  })

  it('turns red by itself when the time runs out, half an hour after it was wanted', () => {
    expect(recoveryPointWords(point, 20.4 * HOUR_S).tone).toBe('success')
    expect(recoveryPointWords(point, 20.6 * HOUR_S)).toMatchObject({ tone: 'danger', share: 1 })
  })

  it('says what it means that there is none', () => {
    const none = { state: 'unprotected', ageSeconds: null, wantedSeconds: null } as const
    expect(recoveryPointWords(none)).toMatchObject({ tone: 'danger', share: undefined })
    expect(recoveryPointWords(none).words).toContain('cannot be brought back')
  })
})
