import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/api-groups.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'
import { readConstruct } from '#xanoscript/read-construct.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addConstruct } from '../openapi/add-construct.ts'

let test$: TestApp
let workspace_id: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Groups' } })).id
})
afterAll(() => test$.close())

const create = (xanoscript: string, query = {}) =>
  test$.call(contract.createApiGroup, { params: { workspace_id }, query, xanoscript })

const update = (apigroup_id: number, xanoscript: string, query = {}) =>
  test$.call(contract.updateApiGroup, { params: { workspace_id, apigroup_id }, query, xanoscript })

test('a document makes a group with the guid and the canonical that it brings', async () => {
  const made = await create(
    `api_group "doc shop" {
  canonical = "docShop"
  description = "Pages"
  docs = "# Docs"
  tags = ["a"]
  swagger = false
  guid = "guid-doc"
}`,
    { include_xanoscript: 'true' },
  )
  expect(made).toMatchObject({
    name: 'doc shop',
    canonical: 'docShop',
    description: 'Pages',
    docs: '# Docs',
    tag: ['a'],
    swagger: false,
    guid: 'guid-doc',
    branch: 'v1',
    xanoscript: { status: 'ok' },
  })
  await expect(create('api_group other {\n canonical = "docShop"\n}')).rejects.toMatchObject({
    payload: { param: 'canonical' },
  })
  await expect(create('api_group other {\n guid = "guid-doc"\n}')).rejects.toMatchObject({ payload: { param: 'guid' } })
})

test('the document of a group, sent back, changes nothing; it is there only when asked for', async () => {
  const made = await create('api_group round {\n description = "x"\n tags = ["t"]\n}')
  const params = { workspace_id, apigroup_id: made.id }
  expect(await test$.call(contract.getApiGroup, { params })).not.toHaveProperty('xanoscript')
  const query = { include_xanoscript: 'true' } as const
  const shown = await test$.call(contract.getApiGroup, { params, query })
  expect(await update(made.id, shown.xanoscript?.value ?? '', query)).toEqual(shown)
  const list = await test$.call(contract.listApiGroups, {
    params: { workspace_id },
    query: { ...query, search: 'round' },
  })
  expect(list.items).toEqual([shown])
})

test('an update by document takes away what it does not say, but never guid, canonical and publishing', async () => {
  const made = await create('api_group whole {\n description = "x"\n docs = "y"\n tags = ["t"]\n swagger = false\n}')
  expect(await update(made.id, 'api_group renamed {\n}')).toMatchObject({
    name: 'renamed',
    description: '',
    docs: '',
    tag: [],
    swagger: false,
    guid: made.guid,
    canonical: made.canonical,
  })
})

test('documentation behind a token stays behind one, and its document reads back as it was', async () => {
  const query = { include_xanoscript: 'true' } as const
  const made = await create('api_group closed {\n swagger = {active: true, token: "s3cret"}\n}', query)
  expect(made.swagger).toBe(true)
  expect(JSON.stringify(made)).not.toContain('s3cret')
  const asksForToken = async () =>
    (await test$.app.inject({ url: `/apispec:${made.canonical ?? ''}` })).statusCode === 401
  expect(await asksForToken()).toBe(true)
  const params = { workspace_id, apigroup_id: made.id }
  await test$.call(contract.updateApiGroup, { params, body: { name: 'closed', description: 'x', swagger: true } })
  const shown = await test$.call(contract.getApiGroup, { params, query })
  expect(await update(made.id, shown.xanoscript?.value ?? '', query)).toEqual(shown)
  await update(made.id, 'api_group closed {\n}')
  expect(await asksForToken()).toBe(true)
  await update(made.id, 'api_group closed {\n swagger = true\n}')
  expect(await asksForToken()).toBe(false)
})

test('settings that only a document has are kept as they are written, until a document leaves them out', async () => {
  const query = { include_xanoscript: 'true' } as const
  const settings = [
    'active = false',
    'history = "all"',
    'middleware = {pre: [{name: "log"}]}',
    'cors = {mode: "default"}',
  ]
  const made = await create(`api_group quiet {\n ${settings.join('\n ')}\n}`, query)
  for (const setting of settings) expect(made.xanoscript?.value).toContain(setting)
  const params = { workspace_id, apigroup_id: made.id }
  const body = { name: 'quiet', description: 'Changed', swagger: true }
  const changed = await test$.call(contract.updateApiGroup, { params, query, body })
  for (const setting of settings) expect(changed.xanoscript?.value).toContain(setting)
  expect((await update(made.id, 'api_group quiet {\n}', query)).xanoscript?.value).not.toContain('history')
})

test('a text that does not parse is refused with line and column', async () => {
  await expect(create('api_group broken {\n  description = \n}')).rejects.toMatchObject({
    status: 400,
    code: 'syntax_error',
    payload: { line: expect.any(Number), col: expect.any(Number) },
  })
  await expect(create('table users {\n}')).rejects.toMatchObject({ status: 400, code: 'syntax_error' })
  await expect(create('api_group odd {\n canonical = "a/b"\n}')).rejects.toMatchObject({
    payload: { param: 'canonical' },
  })
})

test('queries that name their group follow its new name, drafts too, and nothing else changes in them', async () => {
  const { db } = test$.deps.connection
  const group = await create('api_group "old name" {\n}')
  const text = (name: string, of: string) => `// kept
query ${name} verb=GET {
  api_group = "${of}"   // here
  input {
  }
  stack {
    var $x { value = "old name" }
  }
  response = $x
}
`
  const place = { workspaceId: workspace_id, groupId: group.id }
  const named = await addConstruct(db, place, text('a', 'old name'))
  const silent = await addConstruct(db, place, 'query b verb=GET {\n}\n')
  const drafted = await addConstruct(db, place, 'query c verb=GET {\n}\n')
  await db
    .updateTable('construct')
    .set({ draft: text('c', 'Old Name') })
    .where('id', '=', drafted)
    .execute()
  const torn = await addConstruct(db, place, 'query {', 'query "d" verb=GET {\n}')

  const body = { name: 'new "name"', description: '', swagger: true }
  await test$.call(contract.updateApiGroup, { params: { workspace_id, apigroup_id: group.id }, body })
  const rows = await db.selectFrom('construct').selectAll().where('api_group_id', '=', group.id).execute()
  const row = (id: number) => rows.find((candidate) => candidate.id === id)
  expect(row(named)?.text).toBe(text('a', 'new \\"name\\"'))
  expect(readConstruct(row(named)?.text ?? '').apiGroup).toBe('new "name"')
  expect(row(silent)?.text).toBe('query b verb=GET {\n}\n')
  expect(row(drafted)).toMatchObject({ text: 'query c verb=GET {\n}\n', draft: text('c', 'new \\"name\\"') })
  expect(row(torn)?.text).toBe('query {')
  expect(row(silent)?.updated_at).not.toEqual(row(named)?.updated_at)
})

test('a group takes its endpoints with it when it is deleted', async () => {
  const { db } = test$.deps.connection
  const group = await create('api_group gone {\n}')
  const id = await addConstruct(db, { workspaceId: workspace_id, groupId: group.id }, 'query a verb=GET {\n}\n')
  await test$.call(contract.deleteApiGroup, { params: { workspace_id, apigroup_id: group.id } })
  expect(await db.selectFrom('construct').select('id').where('id', '=', id).execute()).toEqual([])
})
