import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/api-groups.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Groups' } })).id
})
afterAll(() => test$.close())

const create = (name: string, more = {}) =>
  test$.call(contract.createApiGroup, { params: { workspace_id }, body: { name, ...more } })

test('a group gets a canonical of its own and can be read, changed and deleted', async () => {
  const made = await create('storefront', { description: 'Pages', swagger: false, tag: ['a'] })
  expect(made).toMatchObject({ name: 'storefront', description: 'Pages', swagger: false, tag: ['a'], branch: 'v1' })
  expect(made.canonical).toMatch(/^[0-9A-Za-z]{8}$/)
  const params = { workspace_id, apigroup_id: made.id }
  const changed = await test$.call(contract.updateApiGroup, { params, body: { name: 'shop' } })
  expect(changed).toMatchObject({ name: 'shop', description: 'Pages', canonical: made.canonical })
  expect(await test$.call(contract.deleteApiGroup, { params })).toBeNull()
  await expect(test$.call(contract.getApiGroup, { params })).rejects.toMatchObject({ status: 404 })
})

test('pages end where the list ends, sorted and searched as asked', async () => {
  for (const name of ['p-one', 'p-two', 'p-three']) await create(name)
  const read = (page: number, per_page: number) =>
    test$.call(contract.listApiGroups, {
      params: { workspace_id },
      query: { search: 'P-', sort: 'name', order: 'asc', page, per_page },
    })
  expect(await read(1, 2)).toMatchObject({
    curPage: 1,
    nextPage: 2,
    prevPage: null,
    items: [{ name: 'p-one' }, { name: 'p-three' }],
  })
  expect(await read(2, 2)).toMatchObject({ curPage: 2, nextPage: null, prevPage: 1, items: [{ name: 'p-two' }] })
  expect(await read(1, 3)).toMatchObject({ nextPage: null })
})

test('per_page above its limit is refused, not cut', async () => {
  const query = { per_page: 10_001 }
  await expect(test$.call(contract.listApiGroups, { params: { workspace_id }, query })).rejects.toMatchObject({
    status: 400,
    payload: { param: 'per_page' },
  })
})

test('a taken name, an unknown branch and another workspace’s group are refused', async () => {
  await create('taken')
  await expect(create('Taken')).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
  await expect(create('fresh', { branch: 'nope' })).rejects.toMatchObject({ status: 404 })
  const other = await test$.call(createWorkspace, { body: { name: 'Other' } })
  const made = await create('mine')
  const params = { workspace_id: other.id, apigroup_id: made.id }
  await expect(test$.call(contract.getApiGroup, { params })).rejects.toMatchObject({ status: 404 })
})
