import { expect, it } from 'vitest'

import { createCall } from '#api/client/call.ts'

import { backupFixture } from './backup-fixture.ts'
import { readRuns, type RunFilter } from './read-runs.ts'

const DAY_MS = 86_400_000
const newest = Date.parse('2026-11-20T12:00:00.000Z')
/** One run a day; every fifth was taken by hand, the rest by a schedule. */
const history = Array.from({ length: 250 }, (_, at) =>
  backupFixture({
    id: 250 - at,
    kind: at % 5 === 0 ? 'manual' : 'scheduled',
    status: at === 130 ? 'failed' : 'succeeded',
    createdAt: new Date(newest - at * DAY_MS).toISOString(),
  }),
)

async function read(filter: RunFilter) {
  let calls = 0
  const call = createCall({
    base: 'http://server',
    headers: {},
    fetch: async (input) => {
      calls += 1
      const { searchParams } = new URL(String(input))
      const before = Number(searchParams.get('cursor') ?? 1_000)
      const older = history.filter(({ id }) => id < before)
      const items = older.slice(0, Number(searchParams.get('limit')))
      return Response.json({ items, nextCursor: older.length > items.length ? String(items.at(-1)?.id) : null })
    },
  })
  const { items, nextCursor } = await readRuns(call, filter, new AbortController().signal)
  return { ids: items.map(({ id }) => id), nextCursor, calls }
}

it('answers a page, and where the next one begins', async () => {
  const first = await read({ workspaceId: 1 })
  expect([first.ids.length, first.ids[0], first.nextCursor, first.calls]).toEqual([100, 250, '151', 1])
  const last = await read({ workspaceId: 1, before: '51' })
  expect([last.ids.length, last.nextCursor]).toEqual([50, null])
})

it('looks through older pages for what is rare', async () => {
  expect(await read({ states: ['failed'] })).toEqual({ ids: [120], nextCursor: null, calls: 3 })
  expect((await read({ kind: 'manual' })).ids).toHaveLength(50)
})

it('finds the runs of a day and reads no further than that', async () => {
  expect(await read({ day: '2026-11-18' })).toEqual({ ids: [248], nextCursor: null, calls: 1 })
  expect(await read({ day: '2026-12-01' })).toMatchObject({ ids: [], nextCursor: null })
})
