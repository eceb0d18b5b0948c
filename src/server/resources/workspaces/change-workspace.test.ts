import { afterAll, beforeAll, expect, test } from 'vitest'

import { updateRealtime } from '#api/contract/realtime.ts'
import {
  createBranch,
  createDataSource,
  createWorkspace,
  setBranchLive,
  updateWorkspace,
} from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

test('a write that finds the workspace taken for long is told to come back, and changes nothing', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Taken' } })
  const params = { workspace_id: id }
  const client = await test$.database.pool.connect()
  await client.query('begin')
  await client.query('select from metadeck.workspace where id = $1 for update', [id])
  const writes = await Promise.allSettled([
    test$.call(updateWorkspace, { params, body: { description: 'new' } }),
    test$.call(createBranch, { params, body: { label: 'next' } }),
    test$.call(setBranchLive, { params: { ...params, branch_label: 'v1' } }),
    test$.call(updateRealtime, { params, body: { enabled: true } }),
    test$.call(createDataSource, { params, body: { label: 'test', color: '#000000' } }),
  ])
  await client.query('rollback')
  client.release()
  const conflict = {
    status: 'rejected',
    reason: { status: 409, message: 'The table is in use by another operation. Try again in a moment.' },
  }
  expect(writes).toMatchObject([conflict, conflict, conflict, conflict, conflict])
  expect(await test$.call(updateRealtime, { params, body: {} })).toMatchObject({ enabled: false })
})
