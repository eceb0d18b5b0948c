import { afterAll, beforeAll, expect, test } from 'vitest'

import { deleteWorkspace } from '#api/contract/workspaces.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

test('a reader never loses a deadlock against the deletion of its workspace, which waits until it is done', async () => {
  const columns = [{ name: 'id', type: 'int' as const }]
  const id = await makeWorkspace(app.database, 'Read', [
    { name: 'first', columns },
    { name: 'second', columns },
  ])
  const schema = `w${id}_live`
  const readers = [await app.database.pool.connect(), await app.database.pool.connect()]
  try {
    // Whichever table the deletion takes first, one of the readers holds the other one and then wants it.
    for (const [at, table] of ['first', 'second'].entries()) {
      await readers[at]?.query('begin')
      await readers[at]?.query(`select * from ${schema}.${table}`)
    }
    let isDeleted = false
    const deleting = app.call(deleteWorkspace, { params: { workspace_id: id } }).then(() => (isDeleted = true))
    await expect.poll(isWaiting).toBe(true)
    for (const [at, table] of ['second', 'first'].entries())
      await readers[at]?.query(`select * from ${schema}.${table}`)
    // Longer than the second after which PostgreSQL ends one of those who wait for each other.
    await readers[0]?.query('select pg_sleep(1.5)')
    expect(isDeleted).toBe(false)
    for (const reader of readers) await reader.query('commit')
    await deleting
    const { rows } = await app.database.pool.query('select from pg_namespace where nspname = $1', [schema])
    expect(rows).toEqual([])
  } finally {
    for (const reader of readers) reader.release(true)
  }
})

async function isWaiting(): Promise<boolean> {
  const { rows } = await app.database.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}
