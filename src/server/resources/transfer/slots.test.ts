import { expect, test } from 'vitest'

import { createSlots } from './slots.ts'

const LONG_MS = 60_000

test('no more run at a time than there are places, and who waits comes in turn', async () => {
  const slots = createSlots(2, LONG_MS, 'full')
  const seen: string[] = []
  const [first, second] = [await slots.take(), await slots.take()]
  const third = slots.take().then((leave) => (seen.push('third'), leave))
  const fourth = slots.take().then((leave) => (seen.push('fourth'), leave))
  await Promise.resolve()
  expect(seen).toEqual([])
  first()
  // Giving one place back twice must not let two in.
  first()
  const leaveThird = await third
  expect(seen).toEqual(['third'])
  second()
  const leaveFourth = await fourth
  leaveThird()
  leaveFourth()
  expect(await Promise.all([slots.take(), slots.take()])).toHaveLength(2)
})

test('who waits too long is refused with the time to try again, and takes no place later', async () => {
  const slots = createSlots(1, 5, 'Too many exports.')
  const leave = await slots.take()
  await expect(slots.take()).rejects.toMatchObject({
    code: 'too_many_requests',
    message: 'Too many exports.',
    retryAfterSeconds: 10,
  })
  leave()
  const again = await slots.take()
  await expect(slots.take()).rejects.toMatchObject({ code: 'too_many_requests' })
  again()
})
