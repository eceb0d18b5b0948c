import { expect, it } from 'vitest'

import { fromLocal, toLocal } from './local-moment.ts'

it('goes to the control and back without losing a minute, in summer and in winter', () => {
  for (const iso of ['2026-07-01T10:30:00.000Z', '2026-12-31T23:59:00.000Z']) expect(fromLocal(toLocal(iso))).toBe(iso)
})

it('takes nothing for what is not a whole time', () => {
  expect([toLocal(''), toLocal('soon'), fromLocal(''), fromLocal('2026-13-01T00:00')]).toEqual(['', '', '', ''])
})
