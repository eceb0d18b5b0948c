import { expect, test } from 'vitest'

import { createBackup } from '#api/contract/backups.ts'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { createTestApp } from '../testing/test-app.ts'
import { createStall, waitForBackup, withStore } from './job-fixture.ts'
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

test('two backups of different workspaces run side by side', async () => {
  const app = await createTestApp()
  const stalls = [createStall(), createStall()]
  let writing = 0
  await withStore(app, (folder) => ({
    async write(name, source) {
      const stall = stalls[writing]
      writing += 1
      await stall?.stop()
      return folder.write(name, source)
    },
  }))
  const ids: number[] = []
  for (const name of ['One', 'Two']) {
    const workspaceId = await makeWorkspace(app.database, name, [])
    ids.push((await app.call(createBackup, { body: { workspaceId } })).id)
  }
  await Promise.all(stalls.map(({ reached }) => reached))
  for (const stall of stalls) stall.go()
  for (const id of ids) {
    expect(await waitForBackup(app, id, ({ finishedAt }) => finishedAt !== null)).toMatchObject({ status: 'succeeded' })
  }
  await app.close()
})
