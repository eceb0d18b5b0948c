import { afterAll, beforeAll, expect, test } from 'vitest'

import { functions } from '#api/contract/functions.ts'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'

let t: ConstructsTest
let params: { workspace_id: number }

beforeAll(async () => {
  t = await openConstructsTest()
  params = { workspace_id: t.workspace_id }
})
afterAll(() => t.test$.close())

const text = (name: string, description = '') => `function ${name} {\n  description = "${description}"\n}\n`

async function create(name: string): Promise<{ id: number; path: string; etag: string }> {
  const { body, etag = '' } = await t.raw('POST', '/function', { text: text(name) })
  const id = Number(body['id'])
  return { id, path: `/function/${id}`, etag }
}

test('a write of what is there keeps the version and the time of change', async () => {
  const { path, etag } = await create('still')
  const before = await t.raw('GET', path)
  expect(before.etag).toBe(etag)
  t.test$.advance(5_000)
  for (const request of [
    { text: text('still') },
    { body: { name: 'still', description: '' } },
    {
      body: {
        ...before.body,
        id: undefined,
        created_at: undefined,
        updated_at: undefined,
        guid: undefined,
        branch: undefined,
        input: undefined,
      },
    },
  ]) {
    const reply = await t.raw('PUT', path, { ...request, ifMatch: etag })
    expect(reply).toMatchObject({ status: 200, etag })
  }
  await t.raw('PUT', `${path}/security`, { body: { guid: before.body['guid'] } })
  expect(await t.raw('GET', path)).toEqual(before)
  t.test$.advance(5_000)
  const changed = await t.raw('PUT', path, { text: text('still', 'moved') })
  expect(changed.etag).not.toBe(etag)
  expect(changed.body['updated_at']).not.toBe(before.body['updated_at'])
})

test('a write for another version answers 409 with who changed what since, and changes nothing', async () => {
  const { path, etag } = await create('raced')
  await t.raw('PUT', path, { body: { name: 'raced', description: 'first' }, ifMatch: etag })
  for (const attempt of [
    () => t.raw('PUT', path, { text: text('raced', 'second'), ifMatch: etag }),
    () => t.raw('PUT', `${path}/security`, { body: { guid: 'other' }, ifMatch: etag }),
    () => t.raw('DELETE', path, { ifMatch: etag }),
  ]) {
    expect(await attempt()).toMatchObject({
      status: 409,
      body: {
        code: 'ERROR_CODE_CONFLICT',
        payload: {
          reason: 'version',
          changes: [
            {
              action: 'functionUpdate',
              by: expect.stringContaining('raw'),
              detail: { changed: ['description'], published: true },
            },
          ],
        },
      },
    })
  }
  const now = await t.raw('GET', path)
  expect(now.body['description']).toBe('first')
  expect(await t.raw('DELETE', path, { ifMatch: now.etag ?? '' })).toMatchObject({ status: 200 })
})

test('a draft is another version, though what is published stays', async () => {
  const { path, etag } = await create('drafted')
  const drafted = await t.raw('PUT', `${path}?publish=false`, { text: text('drafted', 'draft'), ifMatch: etag })
  expect(drafted.etag).not.toBe(etag)
  expect((await t.raw('GET', path)).etag).toBe(drafted.etag)
  expect(await t.raw('PUT', path, { text: text('drafted'), ifMatch: etag })).toMatchObject({
    status: 409,
    body: { payload: { changes: [{ detail: { published: false } }] } },
  })
})

test('of creates at once with one name one goes through, the others are told that it is taken', async () => {
  const replies = await Promise.all(Array.from({ length: 6 }, () => t.raw('POST', '/function', { text: text('once') })))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const refused = replies.filter(({ status }) => status !== 200)
  expect(refused).toHaveLength(5)
  for (const reply of refused) expect(reply).toMatchObject({ status: 400, body: { payload: { param: 'name' } } })
})

test('of updates at once for one version one goes through', async () => {
  const { path, etag } = await create('contended')
  const replies = await Promise.all(
    ['a', 'b', 'c', 'd'].map((word) => t.raw('PUT', path, { text: text('contended', word), ifMatch: etag })),
  )
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
})

test('a write is on record with its target and what it was', async () => {
  const made = await t.test$.call(functions.create, { params, xanoscript: text('audited') })
  await t.raw('PUT', `/function/${made.id}`, { text: text('audited', 'x') })
  const records = await t.test$.database.db
    .selectFrom('audit_record')
    .select(['action', 'target', 'detail'])
    .orderBy('id', 'desc')
    .limit(2)
    .execute()
  const target = { kind: 'function', id: made.id, name: 'audited', branch: 'v1' }
  expect(records).toMatchObject([
    { action: 'functionUpdate', target, detail: { published: true } },
    { action: 'functionCreate', target },
  ])
})
