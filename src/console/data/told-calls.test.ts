import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, it } from 'vitest'

import { createToldCalls, type ToldOutcome } from './told-calls.ts'

let calls: ReturnType<typeof createToldCalls>
let leave: () => void
let told: string[]

beforeEach(() => {
  calls = createToldCalls()
  leave = calls.enter()
  told = []
})

function outcome(name: string): ToldOutcome<string> {
  return {
    onSuccess: (data, isShown) => told.push(`${name}: ${data}${isShown ? '' : ', unseen'}`),
    onError: (error, isShown) => told.push(`${name}: ${String(error)}${isShown ? '' : ', unseen'}`),
  }
}

it('tells success and failure to the part that asked', async () => {
  await calls.follow(Promise.resolve('done'), outcome('first'))
  await calls.follow(Promise.reject(new Error('full')), outcome('second'))
  expect(told).toEqual(['first: done', 'second: Error: full'])
})

it('tells what became of a call whose part has gone, and that nobody sees it there', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const end = calls.follow(promise, outcome('first'))
  leave()
  resolve('done')
  await end
  expect(told).toEqual(['first: done, unseen'])
})

it('tells each of two calls in a row, the first one as unseen', async () => {
  const first = Promise.withResolvers<string>()
  const ends = [calls.follow(first.promise, outcome('first')), calls.follow(Promise.resolve('done'), outcome('second'))]
  first.reject(new Error('full'))
  await Promise.all(ends)
  expect(told.toSorted()).toEqual(['first: Error: full, unseen', 'second: done'])
})

it('tells a call that was given up as unseen', async () => {
  const end = calls.follow(Promise.reject(new Error('full')), outcome('first'))
  calls.giveUp()
  await end
  expect(told).toEqual(['first: Error: full, unseen'])
})

it('takes a fault in what is done about a success for no failure of the call', async () => {
  const broken: ToldOutcome<string> = {
    ...outcome('first'),
    onSuccess: () => {
      throw new Error('fault')
    },
  }
  await expect(calls.follow(Promise.resolve('done'), broken)).rejects.toThrow('fault')
  expect(told).toEqual([])
})

it('stays shown where a part is taken off and put back, as React does while developing', async () => {
  leave()
  calls.enter()
  await calls.follow(Promise.resolve('done'), outcome('first'))
  expect(told).toEqual(['first: done'])
})

it('forgets with a success what was sent, also where a password is taken again on the same page', async () => {
  const client = new QueryClient()
  const observer = new MutationObserver(client, {
    mutationFn: (_body: { password: string }) => Promise.resolve('done'),
    gcTime: 0,
  })
  observer.subscribe(() => undefined)
  const sent = observer.mutate({ password: 'seven quiet harbours' })
  expect(
    JSON.stringify(
      client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ),
  ).toContain('harbours')
  await calls.follow(sent, outcome('first'), () => observer.reset())
  await expect.poll(() => client.getMutationCache().getAll()).toEqual([])
  expect(observer.getCurrentResult().variables).toBeUndefined()
  expect(told).toEqual(['first: done'])
})

it('keeps what a later call of the same part was given', async () => {
  const forgotten: string[] = []
  const first = Promise.withResolvers<string>()
  const end = calls.follow(first.promise, outcome('first'), () => forgotten.push('first'))
  void calls.follow(new Promise<string>(() => {}), outcome('second'))
  first.resolve('done')
  await end
  expect(forgotten).toEqual([])
})

it('tells where the mutation’s own callbacks would not: the part goes while a refetch is awaited', async () => {
  const refetched = Promise.withResolvers<void>()
  const observer = new MutationObserver(new QueryClient(), {
    mutationFn: () => Promise.resolve('done'),
    onSuccess: () => refetched.promise,
  })
  const unsubscribe = observer.subscribe(() => undefined)
  const lost: string[] = []
  const end = calls.follow(observer.mutate(undefined, { onSuccess: (data) => lost.push(data) }), outcome('first'))
  unsubscribe()
  leave()
  refetched.resolve()
  await end
  expect([lost, told]).toEqual([[], ['first: done, unseen']])
})
