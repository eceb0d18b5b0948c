import { afterAll, beforeAll, expect, test } from 'vitest'

import { apis } from '#api/contract/apis.ts'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'

let t: ConstructsTest
let count = 0

beforeAll(async () => {
  t = await openConstructsTest()
})
afterAll(() => t.test$.close())

const text = (name: string, verb = 'GET') => `query "${name}" verb=${verb} {\n}\n`

async function openGroup() {
  const apigroup_id = await t.addGroup(`group ${(count += 1)}`)
  const params = { workspace_id: t.workspace_id, apigroup_id }
  const create = (name: string, verb = 'GET') => t.test$.call(apis.create, { params, xanoscript: text(name, verb) })
  const update = (api_id: number, xanoscript: string, publish: 'true' | 'false' = 'true') =>
    t.test$.call(apis.update, { params: { ...params, api_id }, xanoscript, query: { publish } })
  return { params, create, update }
}

const clashWith = (name: string) => ({
  status: 400,
  message: expect.stringContaining(`"${name}"`),
  payload: { param: 'name' },
})

test('a new query whose address another one could have is refused, naming that one', async () => {
  const { params, create } = await openGroup()
  await create('item/{id}')
  await expect(create('item/open')).rejects.toMatchObject(clashWith('item/{id}'))
  await expect(create('{kind}/open')).rejects.toMatchObject(clashWith('item/{id}'))
  await expect(create('item/{other}')).rejects.toMatchObject(clashWith('item/{id}'))
  const body = { name: 'item/open', description: '', verb: 'GET' as const }
  await expect(t.test$.call(apis.create, { params, body })).rejects.toMatchObject(clashWith('item/{id}'))
  await create('open')
  await create('item/open', 'POST')
  await (await openGroup()).create('item/open')
})

test('a change of name or verb is held to the same, when it is published', async () => {
  const { params, create, update } = await openGroup()
  await create('{id}')
  const { id } = await create('open', 'POST')
  await expect(update(id, text('open'))).rejects.toMatchObject(clashWith('{id}'))
  const body = { name: 'open', description: '', verb: 'GET' as const }
  const settings = (more: object) =>
    t.test$.call(apis.update, { params: { ...params, api_id: id }, body: { ...body, ...more } })
  await expect(settings({})).rejects.toMatchObject(clashWith('{id}'))
  await update(id, text('open'), 'false')
  await expect(settings({ publish: true })).rejects.toMatchObject(clashWith('{id}'))
  await update(id, text('{id}', 'POST'))
  await update(id, text('{key}', 'POST'))
})

test('a name that is no address is refused', async () => {
  const { create, update } = await openGroup()
  const { id } = await create('fine')
  for (const name of ['a?b', 'a#b', 'a//b', 'a/', '/a', 'a/ /b']) {
    await expect(create(name)).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
    await expect(update(id, text(name))).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
  }
})

test('what was stored with such a name can still be changed otherwise', async () => {
  const { create, update } = await openGroup()
  await create('{id}')
  const { id } = await create('apart/from')
  await t.test$.database.db
    .updateTable('construct')
    .set({ name: 'open', text: text('open') })
    .where('id', '=', id)
    .execute()
  const changed = text('open').replace('{\n', '{\n  description = "later"\n')
  expect(await update(id, changed)).toMatchObject({ name: 'open', description: 'later' })
})

test('of two at once whose addresses collide one goes through', async () => {
  const { params, create } = await openGroup()
  const replies = await Promise.allSettled(['{a}', '{b}', 'open', 'closed/{c}'].map((name) => create(name)))
  expect(replies.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect((await t.test$.call(apis.list, { params })).items.map(({ name }) => name)).toContain('closed/{c}')
})
