import { expect, test } from 'vitest'

import { createTestApp } from '../testing/test-app.ts'
import { openJobQueue } from './open-queue.ts'

const DAY_MS = 86_400_000

test('answers to requests with an Idempotency-Key are removed a day later, also where no further one comes', async () => {
  const app = await createTestApp()
  const { db } = app.database
  const now = app.deps.now().getTime()
  const ages = { young: DAY_MS - 60_000, old: DAY_MS + 60_000 }
  await db
    .insertInto('idempotency')
    .values(
      Object.entries(ages).map(([key, age]) => ({
        caller: 'token 1',
        key,
        fingerprint: '',
        status: 200,
        headers: null,
        body: '{}',
        created_at: new Date(now - age),
      })),
    )
    .execute()
  const queue = await openJobQueue(app.deps, app.database.options)
  expect(await db.selectFrom('idempotency').select('key').execute()).toEqual([{ key: 'young' }])
  await queue.close()
  await app.close()
})
