import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Round trips' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }
const TEXT = { include_xanoscript: 'true' } as const
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })
const document = (name: string, fields: string, rest = '') =>
  `table ${name} {\n  auth = false\n  schema {\n    int id?\n    ${fields}\n  }\n${rest}}\n`

const send = (params: Params, xanoscript: string) =>
  test$.call(contract.updateTable, { params, query: TEXT, xanoscript })
const read = async (params: Params) =>
  (await test$.call(contract.getTable, { params, query: TEXT })).xanoscript?.value ?? ''
const add = (params: Params, body: Record<string, unknown>) => test$.call(createContent, { params, body })
const schemaOf = (params: Params) => test$.call(contract.getSchema, { params })
const indexesOf = (params: Params) => test$.call(contract.listIndexes, { params })

/** Makes a table and proves that neither its document nor its JSON, sent back, changes it. */
async function stable(name: string, fields: string, rest = ''): Promise<{ params: Params; text: string }> {
  const { id } = await test$.call(contract.createTable, {
    params: { workspace_id },
    xanoscript: document(name, fields, rest),
  })
  const params = { workspace_id, table_id: id }
  const text = await read(params)
  const before = await test$.call(contract.getTable, { params })
  test$.advance(60_000)
  await send(params, text)
  await test$.call(contract.replaceSchema, { params, body: { schema: await schemaOf(params) } })
  await test$.call(contract.replaceIndexes, { params, body: { index: await indexesOf(params) } })
  expect(await test$.call(contract.getTable, { params })).toEqual(before)
  expect(await read(params)).toBe(text)
  return { params, text }
}

test('filters run and are printed in the order in which the document has them, and those switched off stay so', async () => {
  const fields = [
    'text late? filters=trim|lower|min:2',
    'text early? filters=min:2|trim',
    'text last? filters=!lower|prevent:X|!min:9|upper|trim',
  ].join('\n    ')
  const { params, text } = await stable('ordered', fields)
  expect(text).toContain(fields)
  expect(await add(params, { late: ' AB ', early: ' a ', last: ' ab ' })).toMatchObject({
    late: 'ab',
    early: 'a',
    last: 'AB',
  })
  await expect(add(params, { late: ' a ' })).rejects.toMatchObject(refused('late'))
  await expect(add(params, { early: 'a' })).rejects.toMatchObject(refused('early'))
  await expect(add(params, { last: 'aX' })).rejects.toMatchObject(refused('last'))
  expect(await add(params, { last: 'ax' })).toMatchObject({ last: 'AX' })
  const [id, late, early, last] = await schemaOf(params)
  expect(late?.filters).toEqual({ trim: true, lower: true, min: 2 })
  expect(early?.filters).toMatchObject({ order: ['min', 'trim'] })
  const plain = {
    ...last,
    name: 'last',
    type: 'text' as const,
    filters: { prevent: 'X', trim: true },
    validators: null,
  }
  await test$.call(contract.replaceSchema, {
    params,
    body: { schema: [id, late, early, plain].filter((one) => one !== undefined) },
  })
  expect(await read(params)).toContain('text last? filters=trim|prevent:X\n')
})

test('the range of a list is kept and holds for rows; an optional list may also be empty', async () => {
  const fields = 'int[1:2] nums?\n    json[2:] parts?\n    text[:1] must'
  const { params, text } = await stable('ranges', fields)
  expect(text).toContain(fields)
  await add(params, { must: ['a'] })
  await add(params, { nums: [1, 2], parts: [{}, {}], must: ['a'] })
  await expect(add(params, { nums: [1, 2, 3], must: ['a'] })).rejects.toMatchObject(refused('nums'))
  await expect(add(params, { parts: [{}], must: ['a'] })).rejects.toMatchObject(refused('parts'))
  await expect(add(params, { must: ['a', 'b'] })).rejects.toMatchObject(refused('must'))
  await expect(send(params, text.replace('int[1:2]', 'int[1:1]'))).rejects.toMatchObject({ status: 400 })
  await send(params, text.replace('int[1:2]', 'int[]'))
  await add(params, { nums: [1, 2, 3], must: ['a'] })
})

test('a search index says its weights by letters, which are priorities', async () => {
  const index = '{type: "search", field: [{name: "a", op: "B"}, {name: "b", op: "A"}], name: "words", lang: "english"}'
  const rest = `  index = [\n    {type: "primary", field: [{name: "id"}]}\n    ${index}\n  ]\n`
  const { params, text } = await stable('weights', 'text a?\n    text b?', rest)
  expect(await indexesOf(params)).toMatchObject([
    { type: 'primary' },
    {
      fields: [
        { name: 'a', priority: 2 },
        { name: 'b', priority: 1 },
      ],
    },
  ])
  expect((await indexesOf(params))[1]?.fields[0]).not.toHaveProperty('op')
  expect(text.replaceAll(/\s+/g, ' ')).toContain('field: [{name: "a", op: "B"}, {name: "b", op: "A"}]')
  await send(params, text.replace('op: "B"', 'op: "D"'))
  expect((await indexesOf(params))[1]?.fields[0]).toEqual({ name: 'a', priority: 4 })
})

test('saved views are kept, also by who replaces the columns without them, and go when a document has none', async () => {
  const view = 'view = {"Open ones": {search: $db.viewed.a == 1, sort: {a: "asc"}, id: "v-1"}}'
  const { params, text } = await stable('viewed', 'int a?', `  ${view}\n`)
  expect(text).toContain(view)
  const [id, a] = await schemaOf(params)
  expect(id?.view).toContain('Open ones')
  const schema = [
    { name: 'id', type: 'int' as const },
    { name: 'a', type: 'int' as const },
  ]
  await test$.call(contract.replaceSchema, { params, body: { schema } })
  expect(await read(params)).toContain(view)
  const put = (columns: (typeof id)[]) =>
    test$.call(contract.replaceSchema, { params, body: { schema: columns.filter((one) => one !== undefined) } })
  for (const bad of ['{a: 1}\n auth = true', '"x"', '{']) {
    await expect(put([{ ...schema[0], view: bad } as typeof id, a])).rejects.toMatchObject(refused('schema.0.view'))
  }
  await expect(put([id, { ...schema[1], view: '{}' } as typeof a])).rejects.toMatchObject(refused('schema.1.view'))
  await send(params, text.replace(view, ''))
  expect(await read(params)).not.toContain('view =')
})

test('an index on the whole row is kept and printed, and nothing is built for it', async () => {
  const index = '{type: "gin", field: [{name: "xdo", op: "jsonb_path_op"}]}'
  const rest = `  index = [\n    {type: "primary", field: [{name: "id"}]}\n    ${index}\n  ]\n`
  const { params, text } = await stable('whole', 'text a?\n    json b?', rest)
  expect(text).toContain(index)
  const built = async () => {
    const found = await sql<{ name: string }>`
      select indexname as name from pg_indexes where schemaname = ${`w${workspace_id}_live`} and tablename like 'whole%'
    `.execute(test$.database.db)
    return found.rows.length
  }
  expect(await built()).toBe(1)
  await send(params, text.replace('table whole', 'table wholes').replace('text a?', 'int c?'))
  expect(await read(params)).toContain(index)
  const rename = test$.call(contract.renameColumn, { params, body: { old_name: 'b', new_name: 'xdo' } })
  await expect(rename).rejects.toMatchObject(refused('new_name'))
  await test$.call(contract.addColumn, { params, body: { name: 'xdo', type: 'json' } })
  expect(await built()).toBe(2)
  await test$.call(contract.renameColumn, { params, body: { old_name: 'xdo', new_name: 'data' } })
  expect(await read(params)).toContain('{name: "data", op: "jsonb_path_op"}')
})

test('an older link by id is a reference', async () => {
  const target = await test$.call(contract.createTable, { params: { workspace_id }, body: { name: 'target' } })
  const { text } = await stable('linked', `int? target_id? filters=@:dbo=${target.id}|min:1`)
  expect(text).toContain('int? target_id? filters=min:1 {\n      table = "target"\n    }')
  const unknown = document('lost', 'int? target_id? filters=@:dbo=999999')
  const create = test$.call(contract.createTable, { params: { workspace_id }, xanoscript: unknown })
  await expect(create).rejects.toMatchObject(refused('schema.1.tableref_id'))
})
