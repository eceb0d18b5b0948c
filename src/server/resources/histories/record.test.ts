import { afterAll, beforeAll, expect, it } from 'vitest'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { type HistoryEntry, KEPT_BYTES_MAX, pruneHistory, recordHistory } from './record.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-11-21T10:00:00Z')

let database: TestDatabase
let workspaceId: number

beforeAll(async () => {
  database = await createTestDatabase()
  workspaceId = await makeWorkspace(database, 'Shop', [])
})
afterAll(() => database.close())

async function recorded(entry: Partial<HistoryEntry>) {
  await database.db.deleteFrom('history').execute()
  await recordHistory(database.db, {
    kind: 'request',
    workspaceId,
    branch: null,
    at: now,
    durationSeconds: 0.25,
    ...entry,
  })
  return database.db.selectFrom('history').selectAll().executeTakeFirstOrThrow()
}

it('a run is kept with what it was given and gave, and their sizes', async () => {
  const row = await recorded({
    query_id: 7,
    branch: { id: 3, label: 'v1' },
    status: 200,
    verb: 'POST',
    uri: '/a',
    input: { text: 'é\0' },
    output: [1, null],
  })
  expect(row).toMatchObject({
    query_id: 7,
    function_id: null,
    branch_id: 3,
    branch: 'v1',
    duration: 0.25,
    input: { text: 'é\uFFFD' },
    output: [1, null],
    output_size: 8,
    created_at: now,
  })
  expect(await recorded({})).toMatchObject({ input: null, output: null, input_size: 0, status: null })
})

it('what is larger than a history keeps becomes a note that says how large it was', async () => {
  const atLimit = 'x'.repeat(KEPT_BYTES_MAX - 2)
  const row = await recorded({ input: atLimit, output: `${atLimit}x`, uri: `/${'u'.repeat(5_000)}` })
  expect(row).toMatchObject({ input: atLimit, output: { note: expect.stringContaining('65537 bytes') as string } })
  expect([row.input_size, row.output_size, row.uri?.length]).toEqual([KEPT_BYTES_MAX, KEPT_BYTES_MAX + 1, 2_000])
})

it('headers that carry credentials are masked, however they are spelled', async () => {
  const secrets = ['Authorization', 'proxy-authorization', 'COOKIE', 'Set-Cookie', 'x-api-key']
  const row = await recorded({
    requestHeaders: [...secrets.map((name) => [name, 'hunter2'] as const), ['accept', 'text/html']],
    responseHeaders: [['set-cookie', 'session=hunter2']],
  })
  expect(JSON.stringify(row)).not.toContain('hunter2')
  expect(row.request_headers).toEqual([...secrets.map((name) => `${name}: ***`), 'accept: text/html'])
})

it('runs are forgotten after a day, those of tasks after seven', async () => {
  await database.db.deleteFrom('history').execute()
  for (const [kind, hours] of [
    ['request', 23],
    ['request', 25],
    ['trigger', 25],
    ['task', 25],
    ['task', 7 * 24 + 1],
  ] as const) {
    const at = new Date(now.getTime() - hours * HOUR_MS)
    await recordHistory(database.db, { kind, workspaceId, branch: null, at, durationSeconds: hours })
  }
  expect(await pruneHistory(database.db, now)).toBe(3)
  const left = await database.db.selectFrom('history').select(['kind', 'duration']).orderBy('duration').execute()
  expect(left).toEqual([
    { kind: 'request', duration: 23 },
    { kind: 'task', duration: 25 },
  ])
})
