import { infiniteQueryOptions, InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { createInvalidator, pollMs } from './event-cache.ts'

/** A list that grows and is on screen, as somebody has loaded so many pages of it. */
async function openList(root: string, pages: number) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 45_000 } } })
  const asked: number[] = []
  const options = infiniteQueryOptions({
    queryKey: [root, 'list'],
    queryFn: async ({ pageParam, signal }) => {
      asked.push(pageParam)
      await new Promise((resolve) => setTimeout(resolve, 20))
      signal.throwIfAborted()
      return { nextCursor: pageParam + 1 }
    },
    initialPageParam: 1,
    getNextPageParam: ({ nextCursor }) => (nextCursor > 5 ? undefined : nextCursor),
  })
  const observer = new InfiniteQueryObserver(client, options)
  const leave = observer.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(20)
  for (let page = 1; page < pages; page += 1) {
    void observer.fetchNextPage()
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(observer.getCurrentResult().data?.pages).toHaveLength(pages)
  asked.length = 0
  return { invalidator: createInvalidator(client), observer, asked, leave }
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

async function poll(invalidator: ReturnType<typeof createInvalidator>, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await vi.advanceTimersByTimeAsync(pollMs)
    invalidator.poll()
  }
  await vi.advanceTimersByTimeAsync(200)
}

it.each([1, 2, 5])('a list of %i pages is polled as often as its length allows', async (pages) => {
  const { invalidator, asked, leave } = await openList('tokens', pages)
  await poll(invalidator, 20)
  // No more than its first page alone would take, and not much less: it does not grow old.
  expect(asked.length).toBeLessThanOrEqual(20)
  expect(asked.length).toBeGreaterThanOrEqual(10)
  expect(new Set(asked)).toEqual(new Set(Array.from({ length: pages }, (_, index) => index + 1)))
  leave()
})

it('changes that keep coming do not have a long list read once for each', async () => {
  const { invalidator, asked, leave } = await openList('tokens', 5)
  for (let n = 0; n < 20; n += 1) {
    invalidator.add('tokens')
    await vi.advanceTimersByTimeAsync(200)
  }
  await vi.advanceTimersByTimeAsync(5_000)
  // Four seconds of changes, once a second, and once after the last.
  expect(asked.length).toBeLessThanOrEqual(5 * 5)
  expect(asked.slice(-5)).toEqual([1, 2, 3, 4, 5])
  leave()
})

it('the last change is read, also when it comes while the list is being read', async () => {
  const { invalidator, asked, leave } = await openList('tokens', 2)
  invalidator.add('tokens')
  await vi.advanceTimersByTimeAsync(160)
  expect(asked).toEqual([1])
  invalidator.add('tokens')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual([1, 2, 1, 2])
  leave()
})

it('a change does not take away the next page that somebody is waiting for', async () => {
  const { invalidator, observer, asked, leave } = await openList('tokens', 2)
  invalidator.add('tokens')
  await vi.advanceTimersByTimeAsync(145)
  void observer.fetchNextPage()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual([3, 1, 2, 3])
  expect(observer.getCurrentResult().data?.pages).toHaveLength(3)
  leave()
})

it('a long list that nobody looks at is read when somebody does', async () => {
  const { invalidator, observer, asked, leave } = await openList('members', 2)
  leave()
  invalidator.add('members')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual([])
  const leaveAgain = observer.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual([1, 2])
  leaveAgain()
})
