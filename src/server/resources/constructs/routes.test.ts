import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addons } from '#api/contract/addons.ts'
import { functions, runFunction } from '#api/contract/functions.ts'
import { middleware } from '#api/contract/middleware.ts'
import { activateTask, tasks } from '#api/contract/tasks.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'
import { listConstructs } from './store.ts'

let t: ConstructsTest
let params: { workspace_id: number }

beforeAll(async () => {
  t = await openConstructsTest()
  params = { workspace_id: t.workspace_id }
})
afterAll(() => t.test$.close())

const DOUBLE = `// Doubles a number.
function "math/double" {
  description = "Twice as much"
  tags = ["math"]
  input {
    int value
    text[] notes? {
      description = "Why"
    }
  }
  stack {
    var $result {
      value = $input.value * 2
    }
  }
  response = $result
}
`

const createFunction = (name: string, more = {}) =>
  t.test$.call(functions.create, { params, body: { name, description: '', ...more } })

describe('functions', () => {
  test('a document is stored as it is, and what it says is answered', async () => {
    const made = await t.test$.call(functions.create, {
      params,
      xanoscript: DOUBLE,
      query: { include_xanoscript: 'true' },
    })
    expect(made).toMatchObject({
      name: 'math/double',
      description: 'Twice as much',
      docs: '',
      tag: ['math'],
      branch: 'v1',
      cache: { active: false, ttl: 3_600, input: true, ip: false, headers: [] },
      input: [
        { name: 'value', type: 'int', required: true, nullable: false, style: 'single', default: null },
        { name: 'notes', type: 'text', required: false, style: 'list', description: 'Why' },
      ],
      xanoscript: { status: 'ok', value: DOUBLE },
    })
    expect(made.guid).toMatch(/^[\w-]{27}$/)
    const read = await t.test$.call(functions.get, { params: { ...params, function_id: made.id } })
    expect(read).toEqual({ ...made, xanoscript: undefined })
    expect(await t.test$.call(functions.remove, { params: { ...params, function_id: made.id } })).toBeNull()
    await expect(t.test$.call(functions.get, { params: { ...params, function_id: made.id } })).rejects.toMatchObject({
      status: 404,
    })
  })

  test('settings make a document, and change nothing in it that they do not name', async () => {
    const made = await createFunction('greet', {
      docs: 'How to greet',
      tag: ['a', 'b'],
      cache: { active: true, ttl: 60, ip: true },
      include_xanoscript: true,
    })
    expect(made).toMatchObject({
      docs: 'How to greet',
      tag: ['a', 'b'],
      cache: { active: true, ttl: 60, ip: true, auth: true },
    })
    expect(made.xanoscript?.value).toMatch(/^function "?greet"? \{/)
    const item = { ...params, function_id: made.id }
    const text = DOUBLE.replace('math/double', 'greet')
    await t.test$.call(functions.update, { params: item, xanoscript: text })
    const changed = await t.test$.call(functions.update, {
      params: item,
      body: { name: 'greet', description: 'Says hello', include_xanoscript: true },
    })
    expect(changed).toMatchObject({
      description: 'Says hello',
      tag: ['math'],
      input: [{ name: 'value' }, { name: 'notes' }],
    })
    expect(changed.xanoscript?.value).toBe(text.replace('Twice as much', 'Says hello'))
    // Parts of a cache that are not sent stay.
    const cached = { params: item, body: { name: 'greet', description: 'Says hello', cache: { ttl: 60, ip: true } } }
    await t.test$.call(functions.update, cached)
    const off = { ...cached, body: { ...cached.body, cache: { active: false } } }
    expect((await t.test$.call(functions.update, off)).cache).toMatchObject({ active: false, ttl: 0, ip: true })
    const on = { ...cached, body: { ...cached.body, cache: { active: true } } }
    expect((await t.test$.call(functions.update, on)).cache).toMatchObject({ active: true, ttl: 3_600, ip: true })
    const cleared = await t.test$.call(functions.update, {
      params: item,
      body: { name: 'hello', description: '', tag: null },
    })
    expect(cleared).toMatchObject({ name: 'hello', description: '', tag: [] })
  })

  test('the list pages, searches names and descriptions in any case, and sorts', async () => {
    for (const [name, description] of [
      ['page-a', 'x'],
      ['page-b', 'PAGED'],
      ['other', 'a paged one'],
    ] as const) {
      await createFunction(name, { description })
    }
    const read = (page: number) =>
      t.test$.call(functions.list, { params, query: { search: 'Page', sort: 'name', order: 'asc', page, per_page: 2 } })
    expect(await read(1)).toMatchObject({
      curPage: 1,
      nextPage: 2,
      prevPage: null,
      items: [{ name: 'other' }, { name: 'page-a' }],
    })
    expect(await read(2)).toMatchObject({ curPage: 2, nextPage: null, prevPage: 1, items: [{ name: 'page-b' }] })
    const [shown] = (
      await t.test$.call(functions.list, { params, query: { search: 'page-b', include_xanoscript: '1' } })
    ).items
    expect(shown?.xanoscript).toMatchObject({ status: 'ok' })
    await expect(t.test$.call(functions.list, { params, query: { per_page: 10_001 } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'per_page' },
    })
  })

  test('a stored text that cannot be read is shown with the reason, and the rest of the list with it', async () => {
    const made = await createFunction('torn')
    await t.test$.database.db.updateTable('construct').set({ text: 'function {' }).where('id', '=', made.id).execute()
    const { items } = await t.test$.call(functions.list, {
      params,
      query: { search: 'torn', include_xanoscript: 'true' },
    })
    expect(items).toMatchObject([{ name: 'torn', xanoscript: { status: 'error', value: 'function {' } }])
    expect(items[0]?.xanoscript?.message).toMatch(/line 1/)
    const item = { ...params, function_id: made.id }
    await expect(
      t.test$.call(functions.update, { params: item, body: { name: 'torn', description: 'x' } }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'syntax_error',
    })
    const mended = await t.test$.call(functions.update, { params: item, xanoscript: 'function torn {\n}\n' })
    expect(mended.name).toBe('torn')
  })
})

describe('what is refused', () => {
  test('a text that is no XanoScript, with line and column', async () => {
    const reply = await t.raw('POST', '/function', { text: 'function a {\n  description = \n}' })
    expect(reply).toMatchObject({
      status: 400,
      body: { code: 'ERROR_CODE_SYNTAX_ERROR', payload: { line: expect.any(Number), col: expect.any(Number) } },
    })
    expect((reply.body['payload'] as { line: number }).line).toBeGreaterThan(1)
    expect((await t.raw('POST', '/function', { text: '' })).body).toMatchObject({ code: 'ERROR_CODE_SYNTAX_ERROR' })
  })

  test('a document of another kind, naming both', async () => {
    const text = 'task nightly {\n  stack {\n  }\n}\n'
    const reply = await t.raw('POST', '/function', { text })
    expect(reply).toMatchObject({ status: 400, body: { message: expect.stringMatching(/task.*function/) } })
    const made = await createFunction('kind-kept')
    expect(await t.raw('PUT', `/function/${made.id}`, { text })).toMatchObject({ status: 400 })
  })

  test('missing, unknown and wrong keys, each by name', async () => {
    const post = async (body: object) => (await t.raw('POST', '/function', { body })).body
    expect(await post({ name: 'x' })).toMatchObject({
      message: 'Missing param: description',
      payload: { param: 'description' },
    })
    expect(await post({ name: 4, description: '' })).toMatchObject({ payload: { param: 'name' } })
    expect(await post({ name: 'x', description: '', colour: 'red' })).toMatchObject({ code: 'ERROR_CODE_INPUT_ERROR' })
    expect(await post({ name: 'x', description: '', cache: { ttl: '60' } })).toMatchObject({
      payload: { param: 'cache.ttl' },
    })
    expect(await post({ name: '/x', description: '' })).toMatchObject({ payload: { param: 'name' } })
  })

  test('a name that is taken in any case, and a guid, naming what is taken', async () => {
    await createFunction('Taken')
    await expect(createFunction('taken')).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
    const other = await createFunction('not-taken')
    const item = { ...params, function_id: other.id }
    await expect(
      t.test$.call(functions.update, { params: item, body: { name: 'TAKEN', description: '' } }),
    ).rejects.toMatchObject({ status: 400, payload: { param: 'name' } })
    const text = (name: string) => `function ${name} {\n  guid = "${String(other.guid)}"\n}\n`
    await expect(t.test$.call(functions.create, { params, xanoscript: text('guided') })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(`Duplicate function guid: ${String(other.guid)}`),
      payload: { param: 'guid' },
    })
    // The same guid and name are free for another kind.
    const addon = await t.test$.call(addons.create, { params, xanoscript: text('Taken').replace('function', 'addon') })
    expect(addon).toMatchObject({ name: 'Taken', guid: other.guid })
  })

  test('what is not there: the item, its workspace, its branch, another kind’s id', async () => {
    const made = await createFunction('here')
    const other = await t.test$.call(createWorkspace, { body: { name: 'Elsewhere' } })
    const get = (workspace_id: number, function_id: number) =>
      t.test$.call(functions.get, { params: { workspace_id, function_id } })
    await expect(get(other.id, made.id)).rejects.toMatchObject({ status: 404 })
    await expect(get(params.workspace_id, 999_999)).rejects.toMatchObject({ status: 404 })
    await expect(t.test$.call(functions.list, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('workspace'),
    })
    await expect(t.test$.call(functions.list, { params, query: { branch: 'nope' } })).rejects.toMatchObject({
      status: 404,
    })
    await expect(createFunction('x', { branch: 'nope' })).rejects.toMatchObject({ status: 404 })
    await expect(t.test$.call(addons.get, { params: { ...params, addon_id: made.id } })).rejects.toMatchObject({
      status: 404,
    })
    expect((await t.raw('GET', '/function/abc')).status).toBe(400)
  })

  test('a caller without the scope of the kind', async () => {
    const reader = await t.test$.callAs({ 'workspace:function': 'r' })
    await reader(functions.list, { params })
    await expect(reader(functions.create, { params, xanoscript: DOUBLE })).rejects.toMatchObject({ status: 403 })
    await expect(reader(tasks.list, { params })).rejects.toMatchObject({ status: 403 })
  })
})

test('branches hold constructs apart: the same name and guid in each, lists by branch, ids in any', async () => {
  const branchId = await t.addBranch('dev')
  const text = 'function twin {\n  guid = "twin-guid"\n}\n'
  const live = await t.test$.call(functions.create, { params, xanoscript: text })
  const dev = await t.test$.call(functions.create, { params, xanoscript: text, query: { branch: 'dev' } })
  const json = await createFunction('json-twin', { branch: 'dev' })
  expect([live.branch, dev.branch, json.branch]).toEqual(['v1', 'dev', 'dev'])
  const { items } = await t.test$.call(functions.list, { params, query: { branch: 'dev', sort: 'name' } })
  expect(items.map(({ id }) => id)).toEqual([dev.id, json.id])
  expect(await t.test$.call(functions.get, { params: { ...params, function_id: dev.id } })).toEqual(dev)
  expect((await listConstructs(t.test$.database.db, branchId)).map(({ id }) => id)).toEqual([dev.id, json.id])
  expect(await listConstructs(t.test$.database.db, branchId, 'task')).toEqual([])
})

test('the JSON key xanoscript is taken like a document, with branch beside it', async () => {
  const body = { xanoscript: 'middleware keyed {\n}\n', branch: 'v1' }
  expect(await t.raw('POST', '/middleware', { body })).toMatchObject({ status: 200, body: { name: 'keyed' } })
  expect(await t.raw('POST', '/middleware', { body: { ...body, branch: 'nope' } })).toMatchObject({ status: 404 })
})

describe('tasks', () => {
  const settings = { name: 'nightly', description: '', datasource: 'live', active: false }

  test('settings say whether it runs and on which rows; the document’s silence means live and active', async () => {
    const made = await t.test$.call(tasks.create, { params, body: { ...settings, include_xanoscript: true } })
    expect(made).toMatchObject({ active: false, datasource: 'live' })
    expect(made.xanoscript?.value).toContain('active = false')
    await expect(
      t.test$.call(tasks.create, { params, body: { ...settings, name: 'lost', datasource: 'nope' } }),
    ).rejects.toMatchObject({ status: 400, payload: { param: 'datasource' } })
    const silent = await t.test$.call(tasks.create, { params, xanoscript: 'task silent {\n  stack {\n  }\n}\n' })
    expect(silent).toMatchObject({ active: true, datasource: 'live' })
  })

  test('what was read can be saved, also where the document names what settings could not', async () => {
    const text = `task odd {
  datasource = "not there yet"
  description = "${'d'.repeat(10_001)}"
  docs = "${'x'.repeat(1_000_001)}"
  tags = ["${'t'.repeat(201)}"]
}
`
    const made = await t.raw('POST', '/task', { text })
    const { name, description, docs, datasource, active, tag } = made.body
    const body = { name, description, docs, datasource, active, tag }
    const path = `/task/${String(made.body['id'])}`
    expect(await t.raw('PUT', path, { body })).toMatchObject({ status: 200, etag: made.etag })
    expect(await t.raw('PUT', path, { body: { ...body, active: false } })).toMatchObject({
      status: 200,
      body: { active: false, datasource },
    })
    expect(await t.raw('PUT', path, { body: { ...body, datasource: 'nor this' } })).toMatchObject({
      status: 400,
      body: { payload: { param: 'datasource' } },
    })
  })

  test('activate changes only that word of the text, in the draft too', async () => {
    const text = 'task hourly {\n  // Keep me.\n  active = true\n  stack {\n  }\n}\n'
    const { id } = await t.test$.call(tasks.create, { params, xanoscript: text })
    const item = { ...params, task_id: id }
    const draft = text.replace('Keep me', 'Draft')
    await t.test$.call(tasks.update, { params: item, xanoscript: draft, query: { publish: 'false' } })
    const off = await t.test$.call(activateTask, { params: item, body: { active: false, type: 'xs' } })
    expect(off.active).toBe(false)
    const row = (await listConstructs(t.test$.database.db, await branchOf(id), 'task')).find((one) => one.id === id)
    expect(row).toMatchObject({ text: text.replace('true', 'false'), draft: draft.replace('true', 'false') })
    expect(await t.raw('PUT', `/task/${id}/activate`, { body: {} })).toMatchObject({
      status: 400,
      body: { payload: { param: 'active' } },
    })
  })
})

async function branchOf(id: number): Promise<number> {
  const { branch_id } = await t.test$.database.db
    .selectFrom('construct')
    .select('branch_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return branch_id
}

test('addons and middleware: what has no JSON form asks for the document', async () => {
  const made = await t.test$.call(addons.create, { params, body: { name: 'with_owner', description: 'Owner' } })
  expect(made).toMatchObject({ name: 'with_owner', description: 'Owner', tag: [] })
  expect(await t.raw('PUT', `/addon/${made.id}`, { body: { name: 'x' } })).toMatchObject({
    status: 400,
    body: { payload: { param: 'xanoscript' } },
  })
  expect(await t.raw('POST', '/middleware')).toMatchObject({ status: 400 })
  const guard = await t.test$.call(middleware.create, { params, xanoscript: 'middleware guard {\n}\n' })
  const item = { ...params, middleware_id: guard.id }
  expect(await t.test$.call(middleware.update, { params: item, xanoscript: 'middleware watch {\n}\n' })).toMatchObject({
    name: 'watch',
    guid: guard.guid,
  })
})

test('a run is answered as not supported, for functions that are there only', async () => {
  await createFunction('runnable')
  const before = await auditCount()
  expect(await t.test$.call(runFunction, { params, body: { name: 'Runnable', input: { a: 1 } } })).toMatchObject({
    status: 'unsupported',
    result: null,
    logs: [expect.stringContaining('does not run XanoScript')],
  })
  expect(await auditCount()).toBe(before)
  await expect(t.test$.call(runFunction, { params, body: { name: 'nope' } })).rejects.toMatchObject({ status: 404 })
  expect(await t.raw('POST', '/function/run', { body: { input: {} } })).toMatchObject({
    status: 400,
    body: { payload: { param: 'name' } },
  })
})

async function auditCount(): Promise<number> {
  return (await t.test$.database.db.selectFrom('audit_record').select('id').execute()).length
}

test('a document above 4 MB is refused, one of 3 MB is not', async () => {
  const text = (megabytes: number) => `function big {\n  docs = "${'x'.repeat(megabytes * 1_048_576)}"\n}\n`
  expect((await t.raw('POST', '/function', { text: text(4) })).status).toBe(413)
  expect((await t.raw('POST', '/function', { text: text(3) })).status).toBe(200)
})
