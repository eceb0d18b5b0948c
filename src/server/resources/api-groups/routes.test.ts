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
  test$.call(contract.createApiGroup, {
    params: { workspace_id },
    body: { name, description: '', swagger: true, ...more },
  })

const read = (apigroup_id: number) => test$.call(contract.getApiGroup, { params: { workspace_id, apigroup_id } })

test('a group gets a canonical of its own and can be read, changed and deleted', async () => {
  const made = await create('storefront', { description: 'Pages', docs: '# Docs', swagger: false, tag: ['a'] })
  expect(made).toMatchObject({ name: 'storefront', description: 'Pages', swagger: false, tag: ['a'], branch: 'v1' })
  expect(made.canonical).toMatch(/^[0-9A-Za-z]{8}$/)
  const params = { workspace_id, apigroup_id: made.id }
  const body = { name: 'shop', description: 'All pages', swagger: true }
  const changed = await test$.call(contract.updateApiGroup, { params, body })
  // What is not required stays.
  expect(changed).toMatchObject({ ...body, docs: '# Docs', tag: ['a'], canonical: made.canonical })
  expect(await read(made.id)).toEqual(changed)
  expect(await test$.call(contract.deleteApiGroup, { params })).toBeNull()
  await expect(read(made.id)).rejects.toMatchObject({ status: 404 })
})

test('the fields of a body may come as a form', async () => {
  const form = new FormData()
  for (const [key, value] of Object.entries({ name: 'form', description: '12', swagger: 'false', tag: '["x"]' })) {
    form.set(key, value)
  }
  const response = new Response(form)
  const reply = await test$.app.inject({
    method: 'POST',
    url: `/api:meta/workspace/${workspace_id}/apigroup`,
    headers: { cookie: await ownerCookie(), 'content-type': response.headers.get('content-type') ?? '' },
    payload: Buffer.from(await response.arrayBuffer()),
  })
  expect(reply.json()).toMatchObject({ name: 'form', description: '12', swagger: false, tag: ['x'] })
})

async function ownerCookie(): Promise<string> {
  const payload = { email: 'owner@example.com', password: 'correct horse battery' }
  const reply = await test$.app.inject({ method: 'POST', url: '/api:console/session', payload })
  return `${reply.cookies[0]?.name ?? ''}=${reply.cookies[0]?.value ?? ''}`
}

test('name, description and swagger are required, on create and on update, and have their types', async () => {
  const { id } = await create('required')
  const whole = { name: 'x', description: '', swagger: true }
  for (const [endpoint, params] of [
    [contract.createApiGroup, { workspace_id }],
    [contract.updateApiGroup, { workspace_id, apigroup_id: id }],
  ] as const) {
    for (const param of ['name', 'description', 'swagger']) {
      const send = (value: unknown) =>
        test$.call(endpoint as typeof contract.updateApiGroup, {
          params: params as { workspace_id: number; apigroup_id: number },
          body: { ...whole, [param]: value },
        })
      await expect(send(undefined)).rejects.toMatchObject({ status: 400, message: `Missing param: ${param}` })
      await expect(send(7)).rejects.toMatchObject({ status: 400, payload: { param } })
    }
  }
  await expect(create('more', { unheard: 1 })).rejects.toMatchObject({ status: 400, payload: { param: 'unheard' } })
})

test('pages end where the list ends, sorted and searched as asked', async () => {
  for (const name of ['p-one', 'p-two', 'p-three']) await create(name)
  const list = (page: number, per_page: number) =>
    test$.call(contract.listApiGroups, {
      params: { workspace_id },
      query: { search: 'P-', sort: 'name', order: 'asc', page, per_page },
    })
  expect(await list(1, 2)).toMatchObject({
    curPage: 1,
    nextPage: 2,
    prevPage: null,
    items: [{ name: 'p-one' }, { name: 'p-three' }],
  })
  expect(await list(2, 2)).toMatchObject({ curPage: 2, nextPage: null, prevPage: 1, items: [{ name: 'p-two' }] })
  expect(await list(1, 3)).toMatchObject({ nextPage: null })
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
  const body = { name: 'theirs', description: '', swagger: true }
  await expect(test$.call(contract.updateApiGroup, { params, body })).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(contract.deleteApiGroup, { params })).rejects.toMatchObject({ status: 404 })
  expect(await read(made.id)).toMatchObject({ name: 'mine' })
})

test('of several creates with one name at once one wins, and the others are told that it is taken', async () => {
  const results = await Promise.allSettled(['race', 'Race', 'RACE', 'race'].map((name) => create(name)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 400, payload: { param: 'name' } })
  }
})

test('a token without the scope is told which one it lacks', async () => {
  const { id } = await create('scoped')
  const call = await test$.callAs({ 'workspace:api': 'r' })
  const params = { workspace_id, apigroup_id: id }
  const body = { guid: 'g', canonical: 'c' }
  await expect(call(contract.updateApiGroupSecurity, { params, body })).rejects.toMatchObject({
    status: 403,
    payload: { scope: 'workspace:api:update' },
  })
})
