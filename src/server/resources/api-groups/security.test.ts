import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/api-groups.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Groups' } })).id
  const at = new Date()
  await test$.deps.connection.db
    .insertInto('branch')
    .values({
      workspace_id,
      label: 'dev',
      description: '',
      color: '#123456',
      guid: 'b',
      live: false,
      created_at: at,
      updated_at: at,
    })
    .execute()
})
afterAll(() => test$.close())

const create = (name: string, more = {}) =>
  test$.call(contract.createApiGroup, {
    params: { workspace_id },
    body: { name, description: '', swagger: true, ...more },
  })

const secure = (apigroup_id: number, body: { guid: string; canonical: string }, workspace = workspace_id) =>
  test$.call(contract.updateApiGroupSecurity, { params: { workspace_id: workspace, apigroup_id }, body })

test('guid and canonical can be set, and both are required', async () => {
  const made = await create('a')
  expect(await secure(made.id, { guid: 'guid-a', canonical: 'A_b-1' })).toMatchObject({
    id: made.id,
    name: 'a',
    guid: 'guid-a',
    canonical: 'A_b-1',
  })
  for (const body of [{ guid: 'x' }, { canonical: 'x' }]) {
    await expect(secure(made.id, body as { guid: string; canonical: string })).rejects.toMatchObject({ status: 400 })
  }
})

test.each(['', 'a b', 'a/b', 'ä', 'a:b', 'x'.repeat(65), 'meta', 'Console'])(
  '%j is no canonical',
  async (canonical) => {
    const { id } = await create(`not ${canonical}.`)
    await expect(secure(id, { guid: `g${id}`, canonical })).rejects.toMatchObject({ payload: { param: 'canonical' } })
  },
)

test('a guid of the branch and a canonical of the instance are refused where another group has them', async () => {
  const one = await create('one')
  const two = await create('two')
  await secure(one.id, { guid: 'guid-one', canonical: 'canonical-one' })
  await expect(secure(two.id, { guid: 'guid-one', canonical: 'canonical-two' })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Duplicate api_group guid: guid-one'),
    payload: { param: 'guid' },
  })
  await expect(secure(two.id, { guid: 'guid-two', canonical: 'canonical-one' })).rejects.toMatchObject({
    status: 400,
    payload: { param: 'canonical' },
  })
})

test('the same group in another branch shares the canonical; in another workspace it does not', async () => {
  const live = await create('shared')
  await secure(live.id, { guid: 'guid-shared', canonical: 'shared' })
  const copy = await create('shared', { branch: 'dev' })
  await expect(secure(copy.id, { guid: 'guid-other', canonical: 'shared' })).rejects.toMatchObject({ status: 400 })
  expect(await secure(copy.id, { guid: 'guid-shared', canonical: 'shared' })).toMatchObject({ branch: 'dev' })
  await expect(secure(copy.id, { guid: 'guid-moved', canonical: 'shared' })).rejects.toMatchObject({ status: 400 })

  const elsewhere = await test$.call(createWorkspace, { body: { name: 'Elsewhere' } })
  const foreign = await test$.call(contract.createApiGroup, {
    params: { workspace_id: elsewhere.id },
    body: { name: 'shared', description: '', swagger: true },
  })
  await expect(secure(foreign.id, { guid: 'guid-shared', canonical: 'shared' }, elsewhere.id)).rejects.toMatchObject({
    status: 400,
    payload: { param: 'canonical' },
  })
})

test('of several groups that ask for one canonical at once, one gets it', async () => {
  const groups = await Promise.all(['r1', 'r2', 'r3', 'r4'].map((name) => create(name)))
  const results = await Promise.allSettled(
    groups.map(({ id }) => secure(id, { guid: `guid-${id}`, canonical: 'contested' })),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ payload: { param: 'canonical' } })
  }
})
