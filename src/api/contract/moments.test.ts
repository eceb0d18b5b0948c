import { expect, test } from 'vitest'

import { Moment } from './moments.ts'

test.each([
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
  ['2026-01-31T08:00:00.123456Z', '2026-01-31T08:00:00.123Z'],
  ['2026-01-31T08:00:00+02:00', '2026-01-31T06:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('%s is the moment %s', (sent, moment) => expect(Moment.parse(sent)).toBe(moment))

// Without a zone it is another moment on every machine.
const WITHOUT_ZONE = ['2026-01-31T08:00:00', '2026-01-31T08:00', '2026-01-31 08:00:00Z', '2026-01-31T08:00:00 02:00']
const NO_DATES = [
  '',
  'yesterday',
  '2026',
  '2026-01',
  '2026-1-3',
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '31.01.2026',
]
const NO_TIMES = ['1769846400', '2026-01-31T25:00:00Z', '2026-01-31T08:00Z', ' 2026-01-31']
const OUT_OF_BOUNDS = ['0000-01-01', '0001-01-01T00:00:00+05:00', '9999-12-31T23:59:59-05:00']

test.each([WITHOUT_ZONE, NO_DATES, NO_TIMES, OUT_OF_BOUNDS].flat())(
  '%j is no moment, and the refusal says what is',
  (sent) => {
    const { error } = Moment.safeParse(sent)
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining('2026-01-31T08:00:00Z')])
  },
)
