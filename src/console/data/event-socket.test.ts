import { expect, it } from 'vitest'

import { reconnectDelayMs } from './event-socket.ts'

it('waits twice as long after each failure, up to half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((failures) => reconnectDelayMs(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ])
})

it('takes off up to a quarter at random', () => {
  expect(reconnectDelayMs(0, 0)).toBe(750)
})
