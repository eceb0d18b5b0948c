import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import { createContent, listContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { ADD_COLUMN, type AddedColumnType } from '#api/contract/typed-columns.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let params: { workspace_id: number; table_id: number }
/** Tables whose ids are numbers and uuids. */
let byInt: number
let byUuid: number

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Typed' } })).id
  const make = async (name: string, schema?: Column[]) =>
    (await test$.call(contract.createTable, { params: { workspace_id }, body: { name, schema } })).id
  params = { workspace_id, table_id: await make('typed', [{ name: 'id', type: 'int' }]) }
  byInt = await make('by_int')
  byUuid = await make('by_uuid', [{ name: 'id', type: 'uuid' }])
})
afterAll(() => test$.close())

const TYPES = Object.keys(ADD_COLUMN) as AddedColumnType[]
const add = (type: AddedColumnType, body: object) =>
  test$.call(ADD_COLUMN[type] as typeof ADD_COLUMN.text, { params, body: body as { name: string } })
const column = (schema_name: string) => test$.call(contract.getColumn, { params: { ...params, schema_name } })
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

const COMMON = { description: 'About', required: false, access: 'internal', sensitive: true } as const

/** What each type has beyond the common settings, and what of it is answered. */
const OWN: Partial<Record<AddedColumnType, { body: object; answer: Partial<Column> }>> = {
  text: {
    body: { default: 'a', format: 'markdown', filters: { trim: true, startsWith: 'a', alphaOk: null } },
    answer: { default: 'a', format: 'markdown', filters: { trim: true, startsWith: 'a' } },
  },
  password: { body: { filters: { minDigit: 1, salt: 's' } }, answer: { filters: { minDigit: 1, salt: 's' } } },
  decimal: { body: { default: 1.5, filters: { min: 1 } }, answer: { default: '1.5', filters: { min: 1 } } },
  int: { body: { default: 7, filters: { max: 9 } }, answer: { default: '7', filters: { max: 9 } } },
  bool: { body: { default: true }, answer: { default: 'true' } },
  email: { body: { default: 'a@b.cd', filters: { lower: true } }, answer: { default: 'a@b.cd' } },
  enum: { body: { values: ['a', 'b'], default: 'b' }, answer: { values: ['a', 'b'], default: 'b' } },
  vector: { body: { vector: { size: 2 }, default: '[1,2]' }, answer: { vector: { size: 2 }, default: '[1,2]' } },
  object: {
    body: { children: [{ name: 'in', type: 'object', children: [{ name: 'deep', type: 'int', style: 'list' }] }] },
    answer: {},
  },
  timestamp: { body: { default: 'now' }, answer: { default: 'now' } },
  date: { body: { default: '2026-11-21' }, answer: { default: '2026-11-21' } },
  json: { body: { default: { a: [1] } }, answer: { default: '{"a":[1]}' } },
  uuid: {
    body: { default: '7f1e0f6c-0000-4000-8000-000000000000' },
    answer: { default: '7f1e0f6c-0000-4000-8000-000000000000' },
  },
}

test.each(TYPES)(
  'a column of the type %s is added with every setting of its type, which are answered',
  async (type) => {
    const target = { tableref: byInt, tablerefuuid: byUuid }[type as string]
    const own = OWN[type] ?? { body: {}, answer: {} }
    const reference = target === undefined ? {} : { tableref_id: target }
    const body = { name: `a_${type}`, ...COMMON, nullable: true, ...own.body, ...reference }
    expect(await add(type, body)).toEqual({ name: `a_${type}` })
    expect(await column(`a_${type}`)).toMatchObject({
      ...COMMON,
      name: `a_${type}`,
      type: { tableref: 'int', tablerefuuid: 'uuid' }[type as string] ?? type,
      nullable: true,
      tableref_id: target ?? null,
      ...own.answer,
    })
  },
)

test('objects in objects keep their children, and a row is checked by them', async () => {
  const read = await column('a_object')
  expect(read.children).toMatchObject([{ name: 'in', type: 'object', children: [{ name: 'deep', style: 'list' }] }])
  const row = await test$.call(createContent, { params, body: { a_object: { in: { deep: [1, 2] } } } })
  expect(row).toMatchObject({ a_object: { in: { deep: [1, 2] } }, a_json: { a: [1] } })
  await expect(
    test$.call(createContent, { params, body: { a_object: { in: { deep: ['x'] } } } }),
  ).rejects.toMatchObject(refused('a_object.in.deep.0'))
  expect((await test$.call(listContent, { params })).items).toHaveLength(1)
})

test('references, files, places and vectors are nullable unless said otherwise; other types are not', async () => {
  for (const type of TYPES) {
    const needed = { vector: { vector: {} }, enum: { values: ['a'] }, tableref: { tableref_id: byInt } }[type as string]
    const more = type === 'tablerefuuid' ? { tableref_id: byUuid } : needed
    await add(type, { name: `n_${type}`, ...more })
    const isNullable = /^(vector|image|video|audio|attachment|geo_.*|tableref.*)$/.test(type)
    expect([type, (await column(`n_${type}`)).nullable]).toEqual([type, isNullable])
  }
})

test('every type takes lists', async () => {
  for (const type of TYPES.filter((one) => !one.startsWith('tableref'))) {
    const more = { vector: { vector: { size: 1 } }, enum: { values: ['a'] } }[type as string]
    await add(type, { name: `l_${type}`, style: 'list', ...more })
    expect(await column(`l_${type}`)).toMatchObject({ type, style: 'list' })
  }
})

test('what a type requires is asked for, and what it does not have is refused', async () => {
  for (const type of TYPES) await expect(add(type, {})).rejects.toMatchObject(refused('name'))
  await expect(add('tableref', { name: 'x' })).rejects.toMatchObject({
    ...refused('tableref_id'),
    message: 'Missing param: tableref_id',
  })
  await expect(add('tablerefuuid', { name: 'x', tableref_id: null })).rejects.toMatchObject(refused('tableref_id'))
  await expect(add('vector', { name: 'x' })).rejects.toMatchObject(refused('vector'))
  await expect(add('bool', { name: 'x', filters: {} })).rejects.toMatchObject(refused('filters'))
  await expect(add('int', { name: 'x', values: [] })).rejects.toMatchObject(refused('values'))
  await expect(add('text', { name: 'x', filters: { minDigit: 1 } })).rejects.toMatchObject(refused('filters.minDigit'))
  await expect(add('text', { name: 'x', type: 'int' })).rejects.toMatchObject(refused('type'))
  await expect(add('nope' as 'text', { name: 'x' })).rejects.toThrow(TypeError)
})

test('a setting of a wrong type is refused, and so is a default that does not fit', async () => {
  const cases: [AddedColumnType, string, object][] = [
    ['text', 'name', { name: 5 }],
    ['text', 'description', { name: 'x', description: 5 }],
    ['text', 'nullable', { name: 'x', nullable: 'yes' }],
    ['text', 'required', { name: 'x', required: 1 }],
    ['text', 'access', { name: 'x', access: 'secret' }],
    ['text', 'sensitive', { name: 'x', sensitive: 'no' }],
    ['text', 'style', { name: 'x', style: 'many' }],
    ['text', 'default', { name: 'x', default: 5 }],
    ['text', 'format', { name: 'x', format: 'pdf' }],
    ['text', 'filters.trim', { name: 'x', filters: { trim: 'yes' } }],
    ['decimal', 'default', { name: 'x', default: '1' }],
    ['bool', 'default', { name: 'x', default: 'true' }],
    ['int', 'default', { name: 'x', default: 1.5 }],
    ['int', 'filters.min', { name: 'x', filters: { min: 'a' } }],
    ['enum', 'values', { name: 'x', values: 'a' }],
    ['enum', 'default', { name: 'x', values: ['a'], default: 'b' }],
    ['date', 'default', { name: 'x', default: 'soon' }],
    ['uuid', 'default', { name: 'x', default: 'soon' }],
    ['vector', 'vector.size', { name: 'x', vector: { size: 0 } }],
    ['vector', 'default', { name: 'x', vector: { size: 2 }, default: '[1]' }],
    ['object', 'children.0.type', { name: 'x', children: [{ name: 'y', type: 'nope' }] }],
    ['tableref', 'tableref_id', { name: 'x', tableref_id: 'a' }],
    ['tableref', 'tableref_id', { name: 'x', tableref_id: 999_999 }],
    ['tableref', 'tableref_id', { name: 'x', tableref_id: byUuid }],
  ]
  for (const [type, param, body] of cases) {
    const error = await add(type, body).catch((caught: unknown) => caught)
    expect([type, param, error]).toMatchObject([type, param, refused(param)])
  }
})

test('a form may bring the settings, as documented: its texts become numbers, flags and lists', async () => {
  const body = { name: 'formed', nullable: 'true', values: '["1","2"]', default: '1' }
  await test$.call({ ...ADD_COLUMN.enum, bodyKind: 'form' }, { params, body: body as { name: string } })
  expect(await column('formed')).toMatchObject({ nullable: true, values: ['1', '2'], default: '1' })
})
