import { afterAll, beforeAll, expect, test } from 'vitest'

import { createContent, listContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Documents' } })).id
})
afterAll(() => test$.close())

const TEXT = { include_xanoscript: 'true' } as const
const create = (xanoscript: string) =>
  test$.call(contract.createTable, { params: { workspace_id }, query: TEXT, xanoscript })
const update = (table_id: number, xanoscript: string) =>
  test$.call(contract.updateTable, { params: { workspace_id, table_id }, query: TEXT, xanoscript })
const read = async (table_id: number) =>
  (await test$.call(contract.getTable, { params: { workspace_id, table_id }, query: TEXT })).xanoscript?.value ?? ''
const rows = async (table_id: number) => (await test$.call(listContent, { params: { workspace_id, table_id } })).items
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

const table = (name: string, fields: string, rest = '') =>
  `table "${name}" {\n  schema {\n    int id\n    ${fields}\n  }\n${rest}\n}`

test('a table is answered as a document where that is asked for, and only there', async () => {
  const customers = await create(table('customers', 'text name'))
  const body = {
    name: 'orders',
    schema: [
      { name: 'id', type: 'int' as const },
      { name: 'customer_id', type: 'int' as const, tableref_id: customers.id },
      { name: 'state', type: 'enum' as const, values: ['new', 'paid'], default: 'new', required: true },
      { name: 'secret', type: 'text' as const, access: 'internal' as const, sensitive: true },
    ],
    index: [{ type: 'unique' as const, fields: [{ name: 'state', op: 'desc' }] }],
  }
  const params = { workspace_id }
  const orders = await test$.call(contract.createTable, { params, query: TEXT, body })
  expect(orders.xanoscript?.status).toBe('ok')
  const text = orders.xanoscript?.value ?? ''
  expect(text).toBe(`table orders {
  auth = false
  schema {
    int id?
    int? customer_id? {
      table = "customers"
    }
    enum state="new" {
      values = ["new", "paid"]
    }
    text secret? {
      sensitive = true
      visibility = "internal"
    }
  }
  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree|unique", field: [{name: "state", op: "desc"}]}
  ]
  guid = "${orders.guid}"
}
`)
  expect(await read(orders.id)).toBe(text)
  const listed = await test$.call(contract.listTables, { params, query: { ...TEXT, search: 'orders' } })
  expect(listed.items.map((item) => item.xanoscript?.value)).toEqual([text])
  const changed = await test$.call(contract.updateTable, {
    params: { workspace_id, table_id: orders.id },
    query: TEXT,
    body: { description: 'With words' },
  })
  expect(changed.xanoscript?.value).toContain('description = "With words"')
  const plain = await test$.call(contract.listTables, { params })
  expect(plain.items.filter((item) => item.xanoscript !== undefined)).toEqual([])
  expect(await test$.call(contract.getTable, { params: { workspace_id, table_id: orders.id } })).not.toHaveProperty(
    'xanoscript',
  )
})

test('a document makes a table with what it says: references by name, guid, tags, indexes', async () => {
  const team = await create(table('Team', 'text name'))
  const made$ = await create(
    table(
      'player',
      'int? team_id? {\n      table = "team"\n    }\n    text name filters=trim|min:2\n    json data?',
      '  index = [\n    {type: "primary", field: [{name: "id"}]}\n    {type: "gin", field: [{name: "data", op: "jsonb_path_op"}]}\n  ]\n  tags = ["sport"]\n  guid = "player-guid"\n  auth = true',
    ),
  )
  expect(made$).toMatchObject({ name: 'player', tag: ['sport'], guid: 'player-guid', auth: true })
  const params = { workspace_id, table_id: made$.id }
  expect(await test$.call(contract.getSchema, { params })).toMatchObject([
    { name: 'id', type: 'int' },
    { name: 'team_id', tableref_id: team.id, nullable: true },
    { name: 'name', required: true, filters: { trim: true, min: 2 } },
    { name: 'data', type: 'json' },
  ])
  expect(await test$.call(contract.listIndexes, { params })).toMatchObject([
    { type: 'primary' },
    { type: 'gin', fields: [{ name: 'data', op: 'jsonb_path_ops' }] },
  ])
  for (const guid of ['player-guid', 'two words', 'ü', 'g'.repeat(201)]) {
    await expect(create(table('other', 'text a', `  guid = "${guid}"`))).rejects.toMatchObject(refused('guid'))
  }
  expect((await create(table('other', 'text a', '  guid = ""'))).guid).toHaveLength(27)
})

test('a document may refer to its own table', async () => {
  const { id } = await create(table('tree', 'int? parent_id? {\n      table = "Tree"\n    }\n    text name?'))
  const params = { workspace_id, table_id: id }
  const schema = await test$.call(contract.getSchema, { params })
  expect(schema[1]).toMatchObject({ name: 'parent_id', tableref_id: id })
  await test$.call(createContent, { params, body: { name: 'root' } })
  await test$.call(createContent, { params, body: { parent_id: 1 } })
  await expect(test$.call(createContent, { params, body: { parent_id: 9 } })).rejects.toMatchObject(
    refused('parent_id'),
  )
  const text = await read(id)
  const renamed = text.replace(/^table "?tree"?/, 'table "forest"').replace('table = "tree"', 'table = "forest"')
  await update(id, renamed)
  expect((await test$.call(contract.getSchema, { params }))[1]).toMatchObject({ tableref_id: id })
  expect(await read(id)).toContain('table = "forest"')
})

test('what is read as a document changes nothing when it is sent back, whatever the language cannot say', async () => {
  const { id } = await test$.call(contract.createTable, {
    params: { workspace_id },
    body: {
      name: 'lossless',
      docs: '# Docs',
      schema: [
        { name: 'id', type: 'int' },
        { name: 'body', type: 'text', format: 'markdown' },
        { name: 'box', type: 'object', children: [{ name: 'inner', type: 'text', format: 'html' }] },
      ],
      index: [
        { type: 'search', name: 'words', lang: 'english', fields: [{ name: 'body', priority: 2 }] },
        { type: 'btree', fields: [{ name: 'body' }] },
      ],
      autocomplete: [{ name: 'body' }],
    },
  })
  const params = { workspace_id, table_id: id }
  const everything = async () => [
    await test$.call(contract.getTable, { params, query: TEXT }),
    await test$.call(contract.getSchema, { params }),
    await test$.call(contract.listIndexes, { params }),
    await test$.call(contract.updateTableAutocomplete, { params, body: {} }),
  ]
  const before = await everything()
  test$.advance(60_000)
  await update(id, await read(id))
  expect(await everything()).toEqual(before)
  await update(id, (await read(id)).replace('text? body', 'text body').replace('text body?', 'text body'))
  const [body, box] = (await test$.call(contract.getSchema, { params })).slice(1)
  expect(body).toMatchObject({ format: 'markdown', required: true })
  expect(box?.children?.[0]).toMatchObject({ format: 'html' })
  expect((await test$.call(contract.getTable, { params })).docs).toBe('# Docs')
})

test('an edited document renames the table with its rows, drops what it leaves out and adds what is new', async () => {
  const { id } = await create(table('before', 'text keep?\n    int gone?'))
  const params = { workspace_id, table_id: id }
  await test$.call(createContent, { params, body: { keep: 'me', gone: 1 } })
  const changed = await update(id, table('after', 'text keep?\n    bool fresh?=true', '  description = "Now"'))
  expect(changed).toMatchObject({ id, name: 'after', description: 'Now' })
  expect(changed.guid).toHaveLength(27)
  expect(await rows(id)).toEqual([{ id: 1, keep: 'me', fresh: true }])
  await update(id, table('after', 'text keep?'))
  expect(await test$.call(contract.getTable, { params })).toMatchObject({ description: '', guid: changed.guid })
})

test('a text that is no table document is refused where it goes wrong, and nothing changes', async () => {
  const { id } = await create(table('steady', 'text a?'))
  const before = await read(id)
  const broken = { status: 400, code: 'syntax_error', payload: { line: 4, col: expect.any(Number) as number } }
  for (const text of [table('steady', 'nonsense b'), table('steady', 'text a { what = 1 }')]) {
    await expect(update(id, text)).rejects.toMatchObject(broken)
    await expect(create(text)).rejects.toMatchObject(broken)
  }
  const elsewhere = { status: 400, code: 'syntax_error', payload: { line: 1, col: 1 } }
  await expect(update(id, 'function "f" {\n}')).rejects.toMatchObject(elsewhere)
  await expect(create('')).rejects.toMatchObject({ status: 400, code: 'syntax_error' })
  expect(await read(id)).toBe(before)
})

test('a document that says what cannot be is refused by the part of the table', async () => {
  const cases: [string, string][] = [
    ['schema.1.tableref_id', table('x', 'int a {\n      table = "nobody"\n    }')],
    ['schema.2.name', table('x', 'text a\n    int A')],
    ['schema.1.name', table('x', 'int ctid')],
    ['schema.1.filters.min', table('x', 'text a filters=min:2|max:1')],
    ['schema.1.filters.min', table('x', 'text a filters=min:many')],
    ['schema.1.list_size.min', table('x', 'int[5:1] a')],
    ['schema.1.default', table('x', 'int a?=soon')],
    ['schema.1.values', table('x', 'enum a')],
    ['schema.1.type', table('x', 'file a')],
    ['schema.0.name', 'table x {\n  schema {\n    text a\n  }\n}'],
    ['index.0.fields.0.name', table('x', 'text a', '  index = [{type: "btree", field: [{name: "xdo"}]}]')],
    ['index.0.type', table('x', 'text a', '  index = [{type: "hash", field: [{name: "a"}]}]')],
    ['name', table('Taken', 'text a')],
    ['name', table('l'.repeat(64), 'text a')],
  ]
  await create(table('taken', 'text a'))
  for (const [param, text] of cases) {
    const error = await create(text).catch((caught: unknown) => caught)
    expect([text, error]).toMatchObject([text, refused(param)])
  }
  const bad = table('x', 'text a\n    object b {\n      schema {\n        int c\n        int ctid\n      }\n    }')
  await expect(create(bad)).rejects.toMatchObject({
    message:
      'The column "b.ctid" (line 8, column 9): PostgreSQL keeps the column name "ctid" for itself. Choose another name.',
    payload: { param: 'schema.2.children.1.name', line: 8, col: 9 },
  })
  const index =
    '  index = [\n    {type: "primary", field: [{name: "id"}]}\n    {type: "gin", field: [{name: "a"}]}\n  ]'
  await expect(create(table('x', 'text a', index))).rejects.toMatchObject({
    message: expect.stringMatching(/^The index 1 beside the primary one \(line 8, column 5\): /) as string,
    payload: { param: 'index.0.fields.0.name', line: 8, col: 5 },
  })
  await expect(create(table('taken', 'text a'))).rejects.toMatchObject({ payload: { line: 1, col: 7 } })
  const unknown = create(table('x', 'int a {\n      table = "nobody"\n    }'))
  await expect(unknown).rejects.toThrow('There is no table named "nobody" in this workspace.')
})

test('defaults of a document are applied: null is none, lists and objects are values', async () => {
  const fields = 'text? a?=null\n    int? n?=null\n    json j?={b: [1, "x"]}\n    text[] l?=[]\n    int[] m?=[1, 2]'
  const { id } = await create(table('defaults', fields))
  const params = { workspace_id, table_id: id }
  const row = { a: null, n: null, j: { b: [1, 'x'] }, l: [], m: [1, 2] }
  expect(await test$.call(createContent, { params, body: {} })).toMatchObject(row)
  const text = await read(id)
  expect(text).toContain('json j?={b: [1, "x"]}\n    text[] l?=[]\n    int[] m?=[1, 2]\n')
  const before = await test$.call(contract.getSchema, { params })
  expect(before[1]).toMatchObject({ default: '' })
  await update(id, text)
  expect(await test$.call(contract.getSchema, { params })).toEqual(before)
  await expect(create(table('bad', 'int a?={b: 1}'))).rejects.toMatchObject(refused('schema.1.default'))
})

test('the document may come as a key of JSON, as some clients send it', async () => {
  const body = { xanoscript: table(`json${++made}`, 'text a?') } as unknown as { name: string }
  const { id } = await test$.call(contract.createTable, { params: { workspace_id }, body })
  expect(await read(id)).toContain('text a?')
})
