import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'

import { createApiGroup } from '#api/contract/api-groups.ts'
import { getContext } from '#api/contract/context.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addConstruct } from '../openapi/add-construct.ts'

let test$: TestApp
let workspace_id: number
const ids: Record<string, number> = {}

const LIST = `query "orders/{id}" verb=GET {
  api_group = "shop"
  description = "Orders"
  docs = "Line one\\nline two"
  auth = "user"
  input {
    int id { table = "order" }
    text[] states? filters=trim
  }
}
`

beforeAll(async () => {
  test$ = await createTestApp()
  const { db } = test$.deps.connection
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Shop: all', description: 'yes' } })).id
  const params = { workspace_id }
  const user = await test$.call(createTable, { params, body: { name: 'user', auth: true, description: 'People' } })
  const order = await test$.call(createTable, {
    params,
    body: {
      name: 'order',
      docs: 'Docs of it',
      schema: [
        { name: 'id', type: 'int' },
        { name: 'user_id', type: 'int', tableref_id: user.id, nullable: true, description: 'Who' },
        { name: 'states', type: 'enum', style: 'list', values: ['a', 'b'], required: true },
        { name: 'note', type: 'object', children: [{ name: 'text', type: 'text' }] },
      ],
    },
  })
  const group = await test$.call(createApiGroup, { params, body: { name: 'shop', description: '', swagger: true } })
  Object.assign(ids, { user: user.id, order: order.id, group: group.id })
  const place = { workspaceId: workspace_id }
  ids['list'] = await addConstruct(db, { ...place, groupId: group.id }, LIST)
  await addConstruct(db, { ...place, groupId: group.id }, '{', 'query "torn" verb=POST {\n}')
  await addConstruct(db, place, 'function "math/add" {\n  input {\n    int a\n  }\n}')
  await addConstruct(db, place, 'task nightly {\n  active = false\n  datasource = "live"\n  stack {\n  }\n}')
  await addConstruct(db, place, 'table_trigger log {\n  table = "order"\n  actions = {insert: true, delete: false}\n}')
  await addConstruct(db, place, 'realtime_channel "room/*" {\n  description = "Rooms"\n}')
})
afterAll(() => test$.close())

async function read(query: Record<string, string> = {}): Promise<{ type: string; text: string }> {
  const reply = (await test$.call(getContext, {
    params: { workspace_id },
    query,
  })) as Response
  return { type: reply.headers.get('content-type') ?? '', text: await reply.text() }
}

test('the context maps tables, endpoints and the other constructs of a workspace', async () => {
  const { type, text } = await read({ format: 'json' })
  expect(type).toMatch(/^application\/json/)
  expect(JSON.parse(text)).toMatchObject({
    workspace: { id: workspace_id, name: 'Shop: all', description: 'yes', branch: 'v1' },
    tables: [
      {
        id: ids['order'],
        name: 'order',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'user_id', type: 'int', nullable: true, references: 'user', description: 'Who' },
          { name: 'states', type: 'enum[]', required: true, values: ['a', 'b'] },
          { name: 'note', type: 'object', fields: [{ name: 'text', type: 'text' }] },
        ],
      },
      { id: ids['user'], name: 'user', description: 'People', auth: true },
    ],
    api_groups: [
      {
        id: ids['group'],
        name: 'shop',
        address: expect.stringMatching(/^\/api:\w+$/),
        endpoints: [
          {
            id: ids['list'],
            verb: 'GET',
            path: '/orders/{id}',
            auth: 'user',
            description: 'Orders',
            inputs: [
              { name: 'id', type: 'int', required: true, references: 'order' },
              { name: 'states', type: 'text[]' },
            ],
          },
          { verb: 'POST', path: '/torn', problem: expect.stringContaining('cannot be read') },
        ],
      },
    ],
    functions: [{ name: 'math/add', inputs: [{ name: 'a', type: 'int', required: true }] }],
    tasks: [{ name: 'nightly', active: false, datasource: 'live' }],
    addons: [],
    middleware: [],
    triggers: [{ kind: 'table_trigger', name: 'log', target: 'order', actions: ['insert'] }],
    realtime_channels: [{ name: 'room/*', description: 'Rooms' }],
  })
})

test('YAML is the default, says the same as JSON and is plain text', async () => {
  const yaml = await read()
  expect(yaml.type).toMatch(/^text\/plain/)
  expect(yaml.text).toMatch(/^workspace:\n {2}id: \d+\n {2}name: "Shop: all"\n {2}description: "yes"\n/)
  expect(parse(yaml.text)).toEqual(JSON.parse((await read({ format: 'json' })).text))
})

test('texts and documentation are there only where include names them', async () => {
  const bare = await read()
  expect(bare.text).not.toMatch(/xanoscript|docs/)
  const full = parse((await read({ include: 'xanoscript, docs' })).text) as {
    tables: { docs?: string; xanoscript?: string }[]
    api_groups: { xanoscript?: string; endpoints: { docs?: string; xanoscript?: string }[] }[]
  }
  expect(full.tables[0]).toMatchObject({ docs: 'Docs of it', xanoscript: expect.stringMatching(/^table order/) })
  expect(full.api_groups[0]).toMatchObject({
    xanoscript: expect.stringMatching(/^api_group shop/),
    endpoints: [{ docs: 'Line one\nline two', xanoscript: LIST }, { xanoscript: '{' }],
  })
})

test('unknown parts, formats, branches and workspaces are refused', async () => {
  await expect(read({ include: 'docs,rows' })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('docs, xanoscript'),
    payload: { param: 'include' },
  })
  await expect(read({ format: 'xml' })).rejects.toMatchObject({ status: 400, payload: { param: 'format' } })
  await expect(read({ branch: 'nope' })).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(getContext, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({ status: 404 })
  const call = await test$.callAs({ 'workspace:api': 'r' })
  await expect(call(getContext, { params: { workspace_id } })).rejects.toMatchObject({ status: 403 })
})
