import fc from 'fast-check'
import { expect, test } from 'vitest'

import { QUERY_VERBS } from '#xanoscript/construct-kinds.ts'
import type { TableField } from '#xanoscript/table-field.ts'

import { buildDocument, type DocumentGroup, type OpenapiDocument } from './document.ts'
import { expectValidOpenapi } from './openapi-rules.ts'
import type { DocumentEndpoint, Operation } from './operation.ts'

const FIELD: TableField = {
  name: 'a',
  type: 'text',
  list: null,
  nullable: false,
  optional: false,
  default: null,
  filters: [],
  description: null,
  sensitive: null,
  table: null,
  values: null,
  size: null,
  visibility: null,
  children: null,
}

const ENDPOINT: DocumentEndpoint = {
  name: 'products',
  verb: 'GET',
  description: '',
  docs: '',
  auth: null,
  input: [],
  problem: '',
}

function documentOf(...endpoints: Partial<DocumentEndpoint>[]): OpenapiDocument {
  const document = buildDocument({
    title: 'shop',
    description: '',
    serverUrl: 'http://localhost/api:abc',
    groups: [
      { name: 'shop', description: '', prefix: '', endpoints: endpoints.map((more) => ({ ...ENDPOINT, ...more })) },
    ],
  })
  expectValidOpenapi(document)
  return document
}

function operationOf(more: Partial<DocumentEndpoint>): Operation {
  return Object.values(Object.values(documentOf(more).paths)[0] ?? {})[0] as Operation
}

test('inputs of GET, DELETE and HEAD are parameters of the address, those of the others a JSON body', () => {
  const input = [
    { ...FIELD, name: 'q' },
    { ...FIELD, name: 'limit', type: 'int', optional: true },
  ]
  for (const verb of ['GET', 'DELETE', 'HEAD']) {
    const operation = operationOf({ verb, input })
    expect(operation.requestBody).toBeUndefined()
    expect(operation.parameters).toEqual([
      { name: 'q', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', format: 'int64' } },
    ])
  }
  for (const verb of ['POST', 'PUT', 'PATCH']) {
    const operation = operationOf({ verb, input })
    expect(operation.parameters).toBeUndefined()
    expect(operation.requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { q: { type: 'string' }, limit: { type: 'integer', format: 'int64' } },
            required: ['q'],
          },
        },
      },
    })
  }
})

test('a body without a required input is optional, and one with a file is a form', () => {
  expect(operationOf({ verb: 'POST', input: [{ ...FIELD, optional: true }] }).requestBody?.required).toBe(false)
  const upload = operationOf({ verb: 'POST', input: [FIELD, { ...FIELD, name: 'photo', type: 'file' }] })
  expect(upload.requestBody?.content).toMatchObject({
    'multipart/form-data': { schema: { properties: { photo: { type: 'string', format: 'binary' } } } },
  })
  expect(operationOf({ verb: 'POST' }).requestBody).toBeUndefined()
})

test('parts of the address are parameters with the type of their input, and no part of the body', () => {
  const input = [{ ...FIELD, name: 'id', type: 'int', nullable: true, description: 'Which one' }, FIELD]
  const document = documentOf({ name: 'a b/{id}/{other}.json', verb: 'PUT', input })
  expect(document.paths).toMatchObject({
    '/a%20b/{id}/{other}.json': {
      put: {
        operationId: 'put_a_20b_id_other_json',
        parameters: [
          { name: 'id', in: 'path', description: 'Which one', schema: { type: 'integer', format: 'int64' } },
          { name: 'other', in: 'path', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { required: ['a'] } } } },
      },
    },
  })
})

test('addresses that differ in the names of their parameters are one, with the names of the first', () => {
  const document = documentOf(
    { name: 'a/{id}', verb: 'GET' },
    { name: 'a/{name}', verb: 'PUT', input: [{ ...FIELD, name: 'name', type: 'uuid' }] },
    { name: 'a/{slug}', verb: 'GET', description: 'Lost' },
  )
  expect(document.paths).toMatchObject({
    '/a/{id}': {
      get: { description: expect.stringContaining('GET /a/{slug} is defined too') },
      put: { parameters: [{ name: 'id', in: 'path', schema: { format: 'uuid' } }] },
    },
  })
})

test('endpoints with auth ask for a bearer token, the others for nothing', () => {
  expect(operationOf({ auth: 'user' }).security).toEqual([{ bearerAuth: [] }])
  expect(operationOf({}).security).toEqual([])
})

test('the first line of the description is the title; the rest and the documentation stand below', () => {
  expect(operationOf({ description: 'List\nall of them', docs: '# More' })).toMatchObject({
    summary: 'List',
    description: 'List\nall of them\n\n# More',
  })
  expect(operationOf({ description: 'List' }).description).toBeUndefined()
})

test('an endpoint whose text cannot be read is listed and says so', () => {
  expect(operationOf({ name: 'x/{id}', verb: 'POST', problem: 'Cannot be read.' })).toMatchObject({
    description: 'Cannot be read.',
    parameters: [{ name: 'id', in: 'path' }],
  })
})

const field = fc.letrec<{ field: TableField }>((tie) => ({
  field: fc.record({
    name: fc.constantFrom('a', 'b', 'id', '__proto__', 'x y', 'toString'),
    type: fc.constantFrom(
      'int',
      'decimal',
      'bool',
      'text',
      'email',
      'password',
      'uuid',
      'timestamp',
      'date',
      'json',
      'enum',
      'object',
      'vector',
      'file',
      'image',
      'geo_point',
      'geo_multipolygon',
      'unheard_of',
    ),
    list: fc.option(fc.record({ min: fc.option(fc.nat(9)), max: fc.option(fc.nat(9)) })),
    nullable: fc.boolean(),
    optional: fc.boolean(),
    default: fc.option(
      fc.record({
        kind: fc.constantFrom<'literal' | 'text' | 'expression'>('literal', 'text', 'expression'),
        text: fc.oneof(fc.constantFrom('null', 'now', 'true', '1', '-2.5', 'x', '99999999999999999999'), fc.string()),
      }),
    ),
    filters: fc.array(
      fc.record({
        name: fc.constantFrom('min', 'max', 'trim'),
        args: fc.array(fc.constantFrom('1', '-1', '2.5', 'x', ''), { maxLength: 1 }),
      }),
      { maxLength: 2 },
    ),
    description: fc.option(fc.string()),
    sensitive: fc.option(fc.boolean()),
    table: fc.option(fc.string()),
    values: fc.option(fc.array(fc.string(), { maxLength: 3 })),
    size: fc.option(fc.nat(9)),
    visibility: fc.constant(null),
    children: fc.option(fc.uniqueArray(tie('field'), { maxLength: 2, selector: ({ name }) => name }), { maxDepth: 3 }),
  }),
})).field

const endpoint = fc.record<DocumentEndpoint>({
  name: fc.oneof(
    fc.constantFrom('a', 'a/{id}', 'a/{b}', '/a', 'a/{id}/{id}', 'a/{', 'ü/{x y}', 'a?b#c', '', '{}'),
    fc.string({ unit: 'grapheme' }),
  ),
  verb: fc.constantFrom(...QUERY_VERBS),
  description: fc.string(),
  docs: fc.string(),
  auth: fc.option(fc.string()),
  input: fc.array(field, { maxLength: 4 }),
  problem: fc.constantFrom('', 'No.'),
})

test('whatever endpoints there are, the document is valid', () => {
  const group = fc.record<DocumentGroup>({
    name: fc.string(),
    description: fc.string(),
    prefix: fc.constantFrom('', '/api:abc', '/api:abc:dev'),
    endpoints: fc.array(endpoint, { maxLength: 6 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(group, { maxLength: 3, selector: ({ name }) => name }), (groups) => {
      const document = buildDocument({ title: 't', description: '', serverUrl: 'http://localhost', groups })
      expect(() => expectValidOpenapi(document)).not.toThrow()
    }),
    { numRuns: 200 },
  )
})
