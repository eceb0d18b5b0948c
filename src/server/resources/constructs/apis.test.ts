import { afterAll, beforeAll, expect, test } from 'vitest'

import { deleteApiGroup } from '#api/contract/api-groups.ts'
import { apis } from '#api/contract/apis.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'

let t: ConstructsTest
let shop: number
let other: number
let userId: number

beforeAll(async () => {
  t = await openConstructsTest()
  shop = await t.addGroup('shop')
  other = await t.addGroup('other')
  const table = await t.test$.call(createTable, { params: { workspace_id: t.workspace_id }, body: { name: 'user' } })
  userId = table.id
})
afterAll(() => t.test$.close())

const place = (apigroup_id = shop) => ({ workspace_id: t.workspace_id, apigroup_id })
const query = (name: string, more = '', verb = 'GET') => `query ${name} verb=${verb} {\n${more}}\n`
const createText = (xanoscript: string, apigroup_id = shop) =>
  t.test$.call(apis.create, { params: place(apigroup_id), xanoscript })
const createSettings = (name: string, more = {}) =>
  t.test$.call(apis.create, { params: place(), body: { name, description: '', verb: 'GET', ...more } })

test('a document says verb, inputs, cache and who may call', async () => {
  const text = query(
    '"orders/{order_id}"',
    `  api_group = "Shop"
  auth = "user"
  input {
    int order_id
    enum state?=open {
      values = ["open", "paid"]
    }
    object filter? {
      schema {
        decimal total?=1.5
      }
    }
  }
  cache = {ttl: 30, input: true, auth: false, datasource: true, ip: false, headers: ["accept"], env: []}
`,
    'POST',
  )
  expect(await createText(text)).toMatchObject({
    name: 'orders/{order_id}',
    verb: 'POST',
    apigroup_id: shop,
    branch: 'v1',
    auth: { id: userId, name: 'user' },
    cache: { active: true, ttl: 30, auth: false, headers: ['accept'] },
    input: [
      { name: 'order_id', type: 'int', required: true },
      { name: 'state', type: 'enum', default: 'open', values: ['open', 'paid'] },
      { name: 'filter', type: 'object', required: false, children: [{ name: 'total', default: 1.5 }] },
    ],
  })
})

test('settings make a document that names its group, and change verb and name in it', async () => {
  const made = await createSettings('basket', { include_xanoscript: true, tag: ['a'] })
  expect(made).toMatchObject({ verb: 'GET', auth: null, input: [], tag: ['a'] })
  expect(made.xanoscript?.value).toContain('api_group = "shop"')
  const params = { ...place(), api_id: made.id }
  const body = { name: 'basket/items', description: 'Lines', verb: 'PATCH' as const }
  expect(await t.test$.call(apis.update, { params, body })).toMatchObject({ ...body, tag: ['a'], guid: made.guid })
  expect(
    await t.raw('PUT', `/apigroup/${shop}/api/${made.id}`, { body: { name: 'x', description: '' } }),
  ).toMatchObject({
    status: 400,
    body: { payload: { param: 'verb' } },
  })
  expect(await t.raw('POST', `/apigroup/${shop}/api`, { body: { ...body, verb: 'TRACE' } })).toMatchObject({
    status: 400,
    body: { payload: { param: 'verb' } },
  })
})

test('auth is taken as a name, an id or an object, and what was answered changes nothing', async () => {
  const made = await createSettings('secured', { auth: 'user' })
  expect(made.auth).toEqual({ id: userId, name: 'user' })
  const params = { ...place(), api_id: made.id }
  const set = async (auth: unknown) =>
    await t.raw('PUT', `/apigroup/${shop}/api/${made.id}`, {
      body: { name: 'secured', description: '', verb: 'GET', auth },
    })
  const etag = (await t.raw('GET', `/apigroup/${shop}/api/${made.id}`)).etag
  for (const same of [userId, { id: userId }, { table_id: userId }, { name: 'user' }, 'USER', made.auth]) {
    expect(await set(same)).toMatchObject({ status: 200, etag })
  }
  for (const none of [null, '', 0, {}]) {
    await set('user')
    expect((await set(none)).body['auth']).toBeNull()
  }
  expect(await set('nobody')).toMatchObject({ status: 400, body: { payload: { param: 'auth' } } })
  expect(await set({ id: 999_999 })).toMatchObject({ status: 400, body: { payload: { param: 'auth' } } })
  // A document may come before its table; the answer must not look as if everybody could call.
  const early = await t.test$.call(apis.update, { params, xanoscript: query('secured', '  auth = "member"\n') })
  expect(early.auth).toEqual({ id: null, name: 'member' })
  expect((await set(early.auth)).body['auth']).toEqual(early.auth)
})

test('a table that signs users in is known in any case of its name', async () => {
  const made = await createText(query('cased', '  auth = "USER"\n'))
  expect(made.auth).toEqual({ id: userId, name: 'USER' })
  expect((await createSettings('cased-too', { auth: 'User' })).auth).toEqual({ id: userId, name: 'user' })
})

test('one path may have several verbs; the same verb, path and group is taken', async () => {
  await createText(query('item'))
  await createText(query('item', '', 'POST'))
  await createText(query('item'), other)
  await expect(createText(query('ITEM', '', 'POST'))).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
})

test('a group that the document names must be the one of the address', async () => {
  await expect(createText(query('lost', '  api_group = "other"\n'))).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(/"other".*"shop"/),
  })
  const made = await createText(query('kept'))
  const params = { ...place(), api_id: made.id }
  const xanoscript = query('kept', '  api_group = "other"\n')
  await expect(t.test$.call(apis.update, { params, xanoscript })).rejects.toMatchObject({ status: 400 })
})

test('an API is found under its own group only, and goes with it', async () => {
  const group = await t.addGroup('gone')
  const made = await createText(query('x'), group)
  const get = (apigroup_id: number, workspace_id = t.workspace_id) =>
    t.test$.call(apis.get, { params: { workspace_id, apigroup_id, api_id: made.id } })
  expect(await get(group)).toEqual(made)
  await expect(get(shop)).rejects.toMatchObject({ status: 404 })
  const elsewhere = await t.test$.call(createWorkspace, { body: { name: 'Elsewhere' } })
  await expect(get(group, elsewhere.id)).rejects.toMatchObject({ status: 404 })
  await t.test$.call(deleteApiGroup, { params: { workspace_id: t.workspace_id, apigroup_id: group } })
  await expect(get(group)).rejects.toMatchObject({ status: 404 })
  await expect(createText(query('y'), group)).rejects.toMatchObject({ status: 404 })
})

test('lists show one group; another branch than the group’s is not found', async () => {
  const group = await t.addGroup('listed')
  const made = await createText(query('first'), group)
  const list = (branch: string) => t.test$.call(apis.list, { params: place(group), query: { branch } })
  expect((await list('')).items).toEqual([made])
  expect((await list('v1')).items).toEqual([made])
  await t.addBranch('side')
  await expect(list('side')).rejects.toMatchObject({ status: 404 })
  await expect(list('nope')).rejects.toMatchObject({ status: 404 })
})

test('settings and the guid are taken as form fields too', async () => {
  const made = await createText(query('formed'))
  const params = { ...place(), api_id: made.id }
  expect((await t.test$.call(apis.security, { params, body: { guid: 'g-1' } })).guid).toBe('g-1')
  const path = `/apigroup/${shop}/api/${made.id}`
  expect((await t.raw('PUT', `${path}/security`, { form: { guid: '42' } })).body['guid']).toBe('42')
  const form = { name: 'formed', description: '7', verb: 'GET', tag: '["a"]', cache: '{"ttl": 5}', publish: 'false' }
  expect((await t.raw('PUT', path, { form })).body).toMatchObject({ description: '7', tag: ['a'], cache: { ttl: 5 } })
  expect((await t.raw('GET', path)).body['description']).toBe('')
  expect(await t.raw('PUT', `/apigroup/${shop}/api/${made.id}/security`, { body: {} })).toMatchObject({
    status: 400,
    body: { message: 'Missing param: guid' },
  })
})

test('an API whose text cannot be read says what is known of it, and not that everybody may call', async () => {
  const made = await createText(query('torn', '  auth = "user"\n'))
  await t.test$.database.db.updateTable('construct').set({ text: 'query {' }).where('id', '=', made.id).execute()
  const read = await t.test$.call(apis.get, { params: { ...place(), api_id: made.id } })
  expect(read).toMatchObject({ name: 'torn', verb: 'GET', apigroup_id: shop, tag: [] })
  expect(read).not.toHaveProperty('auth')
})
