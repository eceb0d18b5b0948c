import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { connect } from './connection.ts'
import { migrate } from './migrate.ts'

let database: TestDatabase

afterEach(() => database.close())

test('migrating from empty works for several processes that start at once, and again', async () => {
  database = await createTestDatabase()
  await sql`drop schema metadeck cascade`.execute(database.db)
  const others = [1, 2, 3].map(() => connect(database.options))
  await Promise.all(others.map((other) => migrate(other.db)))
  await migrate(database.db)
  const tables = await sql<{
    count: number
  }>`select count(*) from information_schema.tables where table_schema = 'metadeck'`.execute(database.db)
  expect(tables.rows[0]?.count).toBeGreaterThan(10)
  await Promise.all(others.map((other) => other.close()))
})
