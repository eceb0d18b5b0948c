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

const text = (name: string, description: string) => `function ${name} {\n  description = "${description}"\n}\n`

async function create(name: string) {
  const { id } = await t.test$.call(functions.create, { params, xanoscript: text(name, 'published') })
  const item = { ...params, function_id: id }
  const include_xanoscript = 'true' as const
  return {
    item,
    published: () => t.test$.call(functions.get, { params: item, query: { include_xanoscript } }),
    draft: () => t.test$.call(functions.get, { params: item, query: { include_xanoscript, include_draft: 'true' } }),
    saveDraft: (xanoscript: string) =>
      t.test$.call(functions.update, { params: item, xanoscript, query: { publish: 'false' } }),
  }
}

test('a draft is shown to those who ask for it, and lists know the published name', async () => {
  const { saveDraft, published, draft } = await create('plain')
  expect((await draft()).xanoscript).toEqual((await published()).xanoscript)
  const later = text('plain_later', 'draft')
  expect(await saveDraft(later)).toMatchObject({ name: 'plain_later', description: 'draft' })
  expect(await published()).toMatchObject({ name: 'plain', xanoscript: { value: text('plain', 'published') } })
  expect(await draft()).toMatchObject({ name: 'plain_later', xanoscript: { value: later } })
  const list = async (include_draft: 'true' | 'false') =>
    (await t.test$.call(functions.list, { params, query: { search: 'plain', include_draft } })).items.map(
      ({ name }) => name,
    )
  expect(await list('false')).toEqual(['plain'])
  expect(await list('true')).toEqual(['plain_later'])
})

test('settings change the draft where there is one, and publishing takes the draft away', async () => {
  const { item, saveDraft, published, draft } = await create('edited')
  await saveDraft(text('edited', 'draft') + '// kept\n')
  const body = { name: 'edited', description: 'settings', publish: false }
  await t.test$.call(functions.update, { params: item, body })
  expect((await draft()).xanoscript?.value).toBe(text('edited', 'settings') + '// kept\n')
  expect((await published()).description).toBe('published')
  await t.test$.call(functions.update, { params: item, body: { ...body, publish: true } })
  expect(await published()).toMatchObject({
    description: 'settings',
    xanoscript: { value: text('edited', 'settings') + '// kept\n' },
  })
  expect(await draft()).toEqual(await published())
})

test('settings that do not speak of publishing are in force at once, and leave the draft unpublished', async () => {
  const { item, saveDraft, published, draft } = await create('unfinished')
  await saveDraft(text('unfinished_next', 'published') + '// not ready\n')
  const body = { name: 'unfinished', description: 'settings', tag: ['a'] }
  const answer = await t.test$.call(functions.update, { params: item, body: { ...body, include_xanoscript: true } })
  expect(await published()).toEqual(answer)
  expect(answer).toMatchObject({ name: 'unfinished', description: 'settings', tag: ['a'] })
  expect(answer.xanoscript?.value).not.toContain('not ready')
  // Only what the settings changed: the name that the draft gives stays the draft's.
  const next = await draft()
  expect(next).toMatchObject({ name: 'unfinished_next', description: 'settings', tag: ['a'] })
  expect(next.xanoscript?.value).toContain('not ready')
  await t.test$.call(functions.update, { params: item, body, query: { publish: 'true' } })
  expect(await published()).toMatchObject({ name: 'unfinished', tag: ['a'] })
  expect((await published()).xanoscript?.value).toContain('not ready')
})

test('settings make a draft where they are not to be published, by query or by key, and the key goes before', async () => {
  const { item, published, draft } = await create('careful')
  const body = { name: 'careful', description: 'later' }
  const path = `/function/${item.function_id}`
  for (const [query, more] of [
    ['?publish=false', {}],
    ['?publish=true', { publish: false }],
  ] as const) {
    const description = `later${query}`
    const reply = await t.raw('PUT', path + query, { body: { ...body, ...more, description } })
    expect(reply).toMatchObject({ status: 200, body: { description } })
    expect([(await published()).description, (await draft()).description]).toEqual(['published', description])
  }
})

test('a document in JSON or a form can be a draft too', async () => {
  const { item, published, draft } = await create('enclosed')
  const xanoscript = text('enclosed', 'draft')
  const path = `/function/${item.function_id}`
  const json = await t.raw('PUT', path, { body: { xanoscript, publish: false, include_xanoscript: true } })
  expect(json.body).toMatchObject({ description: 'draft', xanoscript: { value: xanoscript } })
  await t.raw('PUT', path, { form: { xanoscript: text('enclosed', 'form'), publish: 'false' } })
  expect([(await published()).description, (await draft()).description]).toEqual(['published', 'form'])
  expect(await t.raw('PUT', path, { body: { xanoscript, publish: 'maybe' } })).toMatchObject({ status: 400 })
})

test('a draft that says what is published is none', async () => {
  const { saveDraft, published, draft } = await create('same')
  await saveDraft(text('same', 'other'))
  await saveDraft(text('same', 'published'))
  expect(await draft()).toEqual(await published())
})

test('a draft must be XanoScript, and its name may be taken until it is published', async () => {
  const { item, saveDraft } = await create('late')
  await create('early')
  await expect(saveDraft('function late {')).rejects.toMatchObject({ status: 400, code: 'syntax_error' })
  await saveDraft(text('early', 'draft'))
  await expect(
    t.test$.call(functions.update, { params: item, xanoscript: text('early', 'draft') }),
  ).rejects.toMatchObject({
    status: 400,
    payload: { param: 'name' },
  })
})

test('the guid stays beside the text, follows where a text names it, and a published document may bring another', async () => {
  const { item, saveDraft, published, draft } = await create('guided')
  const { guid } = await published()
  expect((await published()).xanoscript?.value).not.toContain('guid =')
  await saveDraft(`function guided {\n  guid = "in-draft"\n}\n`)
  expect([(await published()).guid, (await draft()).guid]).toEqual([guid, 'in-draft'])
  const set = await t.test$.call(functions.security, {
    params: item,
    body: { guid: 'set-1', include_xanoscript: true },
  })
  expect(set).toMatchObject({ guid: 'set-1', xanoscript: { value: text('guided', 'published') } })
  expect((await draft()).xanoscript?.value).toContain('guid = "set-1"')
  const brought = await t.test$.call(functions.update, {
    params: item,
    xanoscript: `function guided {\n  guid = "brought"\n}\n`,
  })
  expect(brought.guid).toBe('brought')
  const silent = await t.test$.call(functions.update, { params: item, xanoscript: text('guided', '') })
  expect(silent.guid).toBe('brought')
})

test('a guid that is taken or no guid is refused', async () => {
  const { item } = await create('one')
  const other = await (await create('two')).published()
  const set = (guid: string) => t.test$.call(functions.security, { params: item, body: { guid } })
  await expect(set(String(other.guid))).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(`Duplicate function guid: ${String(other.guid)}`),
  })
  for (const guid of ['', 'two words', 'x'.repeat(201)]) {
    await expect(set(guid)).rejects.toMatchObject({ status: 400, payload: { param: 'guid' } })
  }
})
