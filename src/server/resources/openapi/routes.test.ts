import { afterAll, beforeAll, expect, test } from 'vitest'

import { createApiGroup, updateApiGroup, updateApiGroupSecurity } from '#api/contract/api-groups.ts'
import * as contract from '#api/contract/openapi-documents.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addConstruct } from './add-construct.ts'
import type { OpenapiDocument } from './document.ts'
import { expectValidOpenapi } from './openapi-rules.ts'

let test$: TestApp
let workspace_id: number
let groupId: number
let orderId: number

const ORDER = `query "orders/{order_id}" verb=PATCH {
  api_group = "shop"
  description = "Change an order"
  docs = "Only open ones."
  auth = "user"
  input {
    int order_id { table = "order" }
    enum state?=open { values = ["open", "closed"] }
    decimal[1:3] prices filters=min:0
    object note? {
      schema {
        text title filters=trim|max:20
        timestamp? at?
      }
    }
    vector embedding? { size = 3 }
    geo_point where?
    json anything?
  }
  stack {
  }
  response = null
}`

beforeAll(async () => {
  test$ = await createTestApp()
  const { db } = test$.deps.connection
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Shop', description: 'All of it' } })).id
  const at = new Date()
  await db
    .insertInto('branch')
    .values({
      workspace_id,
      label: 'dev',
      description: '',
      color: '#123456',
      guid: 'b',
      live: false,
      created_at: at,
      updated_at: at,
    })
    .execute()
  await test$.call(createTable, {
    params: { workspace_id },
    body: {
      name: 'customer',
      schema: [
        { name: 'id', type: 'int' },
        { name: 'email', type: 'email', required: true },
        { name: 'secret', type: 'text', access: 'internal' },
        { name: 'tags', type: 'text', style: 'list' },
      ],
    },
  })
  groupId = await createGroup('shop', 'shop-canonical', 'shop-guid')
  const place = { workspaceId: workspace_id, groupId }
  orderId = await addConstruct(db, place, ORDER)
  await addConstruct(
    db,
    place,
    'query customers verb=POST {\n  input {\n    dblink { table = "Customer" }\n    text email?\n  }\n}',
  )
  await addConstruct(db, place, 'query upload verb=POST {\n  input {\n    file photo\n  }\n}')
  await addConstruct(db, place, 'query "torn/{id}" verb=GET { input {', 'query "torn/{id}" verb=GET {\n}')
})
afterAll(() => test$.close())

async function createGroup(name: string, canonical: string, guid: string, branch = ''): Promise<number> {
  const body = { name, description: `About ${name}`, swagger: true, branch }
  const { id } = await test$.call(createApiGroup, { params: { workspace_id }, body })
  await test$.call(updateApiGroupSecurity, { params: { workspace_id, apigroup_id: id }, body: { guid, canonical } })
  return id
}

async function groupDocument(apigroup_id: number, branch = ''): Promise<OpenapiDocument> {
  const reply = await test$.call(contract.getApiGroupOpenapi, {
    params: { workspace_id, apigroup_id },
    query: { branch },
  })
  const document = reply as OpenapiDocument
  expectValidOpenapi(document)
  return document
}

test('the document of a group tells address, inputs, sign-in and words of each endpoint', async () => {
  const document = await groupDocument(groupId)
  expect(document).toMatchObject({
    info: { title: 'shop', description: 'About shop' },
    servers: [{ url: 'http://localhost/api:shop-canonical' }],
    tags: [{ name: 'shop', description: 'About shop' }],
  })
  expect(Object.keys(document.paths).toSorted()).toEqual(['/customers', '/orders/{order_id}', '/torn/{id}', '/upload'])
  const operation = document.paths['/orders/{order_id}']?.['patch']
  expect(operation).toMatchObject({
    operationId: 'patch_orders_order_id',
    tags: ['shop'],
    summary: 'Change an order',
    description: 'Only open ones.',
    security: [{ bearerAuth: [] }],
    parameters: [{ name: 'order_id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } }],
  })
  expect(operation?.requestBody?.content['application/json']?.schema).toEqual({
    type: 'object',
    required: ['prices'],
    properties: {
      state: { type: 'string', enum: ['open', 'closed'], default: 'open' },
      prices: { type: 'array', items: { type: 'number', format: 'double', minimum: 0 }, minItems: 1, maxItems: 3 },
      note: {
        type: 'object',
        required: ['title'],
        properties: {
          title: { type: 'string', maxLength: 20 },
          at: { type: 'integer', format: 'int64', nullable: true, description: 'Epoch milliseconds' },
        },
      },
      embedding: { type: 'array', items: { type: 'number' }, minItems: 3, maxItems: 3 },
      where: {
        type: 'object',
        required: ['type', 'data'],
        properties: {
          type: { type: 'string', enum: ['point'] },
          data: {
            type: 'object',
            required: ['lng', 'lat'],
            properties: {
              lng: { type: 'number', minimum: -180, maximum: 180 },
              lat: { type: 'number', minimum: -90, maximum: 90 },
            },
          },
        },
      },
      anything: {},
    },
  })
})

test('a link to a table stands for its public columns; an input of its own goes before', async () => {
  const { paths } = await groupDocument(groupId)
  expect(paths['/customers']?.['post']?.requestBody).toMatchObject({
    content: {
      'application/json': {
        schema: { properties: { tags: { type: 'array', items: { type: 'string' } }, email: { type: 'string' } } },
      },
    },
  })
  const schema = paths['/customers']?.['post']?.requestBody?.content['application/json']?.schema
  expect(Object.keys(schema?.properties ?? {}).toSorted()).toEqual(['email', 'tags'])
})

test('an endpoint with a file takes a form', async () => {
  const { paths } = await groupDocument(groupId)
  expect(paths['/upload']?.['post']?.requestBody?.content).toHaveProperty(['multipart/form-data'])
})

test('an endpoint whose text cannot be read is listed, and nothing of the text is shown', async () => {
  const { paths } = await groupDocument(groupId)
  expect(paths['/torn/{id}']?.['get']).toMatchObject({
    description: expect.stringMatching(/cannot be read from line \d+, column \d+/),
    parameters: [{ name: 'id', in: 'path' }],
  })
})

test('the document of one endpoint holds that one only', async () => {
  const params = { workspace_id, apigroup_id: groupId, api_id: orderId }
  const document = (await test$.call(contract.getApiOpenapi, { params })) as OpenapiDocument
  expectValidOpenapi(document)
  expect(Object.keys(document.paths)).toEqual(['/orders/{order_id}'])
  const missing = { ...params, api_id: 999_999 }
  await expect(test$.call(contract.getApiOpenapi, { params: missing })).rejects.toMatchObject({ status: 404 })
  const otherGroup = await createGroup('empty', 'empty-canonical', 'empty-guid')
  await expect(
    test$.call(contract.getApiOpenapi, { params: { ...params, apigroup_id: otherGroup } }),
  ).rejects.toMatchObject({ status: 404 })
})

test('the document of a workspace holds every group of the branch, each below its own address', async () => {
  const second = await createGroup('back office', 'office', 'office-guid')
  const place = { workspaceId: workspace_id, groupId: second }
  await addConstruct(test$.deps.connection.db, place, 'query upload verb=POST {\n}')
  const document = (await test$.call(contract.getWorkspaceOpenapi, { params: { workspace_id } })) as OpenapiDocument
  expectValidOpenapi(document)
  expect(document).toMatchObject({
    info: { title: 'Shop', description: 'All of it' },
    servers: [{ url: 'http://localhost' }],
    paths: {
      '/api:shop-canonical/upload': { post: { tags: ['shop'] } },
      '/api:office/upload': { post: { tags: ['back office'] } },
    },
  })
  const query = { branch: 'nope' }
  await expect(test$.call(contract.getWorkspaceOpenapi, { params: { workspace_id }, query })).rejects.toMatchObject({
    status: 404,
  })
  await expect(test$.call(contract.getWorkspaceOpenapi, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({
    status: 404,
  })
})

test('the copy of a group in another branch has an address and a document of its own', async () => {
  const live = await createGroup('branched', 'branched', 'branched-guid')
  await expect(groupDocument(live, 'dev')).rejects.toMatchObject({ status: 404 })
  const copy = await createGroup('branched', 'branched', 'branched-guid', 'dev')
  const place = { workspaceId: workspace_id, groupId: copy, branch: 'dev' }
  await addConstruct(test$.deps.connection.db, place, 'query beta verb=GET {\n}')
  const document = await groupDocument(live, 'dev')
  expect(document.servers).toEqual([{ url: 'http://localhost/api:branched:dev' }])
  expect(Object.keys(document.paths)).toEqual(['/beta'])
  expect(await groupDocument(copy)).toEqual(document)
  expect((await groupDocument(live)).paths).toEqual({})

  expect((await test$.app.inject({ url: '/apispec:branched:dev?type=json' })).json()).toEqual(document)
  expect((await test$.app.inject({ url: '/apispec:branched' })).json()).toMatchObject({ paths: {} })
  expect((await test$.app.inject({ url: '/apispec:branched:nope' })).statusCode).toBe(404)
})

test('a published document is open to everybody, and gone once the group or the workspace no longer publishes', async () => {
  const apigroup_id = await createGroup('public', 'public-one', 'public-guid')
  const read = () => test$.app.inject({ url: '/apispec:public-one?type=json' })
  const body = { name: 'public', description: '', swagger: false }
  expect((await read()).json()).toEqual(await groupDocument(apigroup_id).then((document) => ({ ...document })))
  await test$.call(updateApiGroup, { params: { workspace_id, apigroup_id }, body })
  expect((await read()).statusCode).toBe(404)
  await test$.call(updateApiGroup, { params: { workspace_id, apigroup_id }, body: { ...body, swagger: true } })
  expect((await read()).statusCode).toBe(200)
  await test$.call(updateWorkspace, { params: { workspace_id }, body: { swagger: false } })
  expect((await read()).statusCode).toBe(404)
  await test$.call(updateWorkspace, { params: { workspace_id }, body: { swagger: true } })
  expect((await test$.app.inject({ url: '/apispec:unheard-of' })).statusCode).toBe(404)
})

test('documentation that asks for a token is for those who may read the group', async () => {
  const other = (await test$.call(createWorkspace, { body: { name: 'Closed' } })).id
  const body = { name: 'closed', description: '', swagger: true }
  const { canonical = '' } = await test$.call(createApiGroup, { params: { workspace_id: other }, body })
  const documentation = { require_token: true }
  await test$.call(updateWorkspace, { params: { workspace_id: other }, body: { documentation } })
  const params = { group: canonical }
  await expect(test$.callWith({})(contract.getPublicOpenapi, { params })).rejects.toMatchObject({ status: 401 })
  await expect(
    test$.callWith({ authorization: 'Bearer nonsense' })(contract.getPublicOpenapi, { params }),
  ).rejects.toMatchObject({ status: 401 })
  const scopeless = await test$.callAs({ 'workspace:content': 'r' })
  await expect(scopeless(contract.getPublicOpenapi, { params })).rejects.toMatchObject({ status: 403 })
  const stranger = await test$.callAs({ 'workspace:api': 'r' }, [workspace_id])
  await expect(stranger(contract.getPublicOpenapi, { params })).rejects.toMatchObject({ status: 403 })
  const reader = await test$.callAs({ 'workspace:api': 'r' }, [other])
  expect(await reader(contract.getPublicOpenapi, { params })).toMatchObject({ openapi: '3.0.3' })
  const signedIn = await test$.signIn()
  expect(await signedIn(contract.getPublicOpenapi, { params })).toMatchObject({ openapi: '3.0.3' })
})
