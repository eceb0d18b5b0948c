import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'

let t: ConstructsTest
let apis: string

beforeAll(async () => {
  t = await openConstructsTest()
  await t.addBranch('dev')
  apis = `/apigroup/${await t.addGroup('shop')}/api`
})
afterAll(() => t.test$.close())

const refusal = (param: string) => ({ status: 400, body: { payload: { param } } })

describe('the branch in the query and in the body', () => {
  /** The same create as settings and with the key xanoscript, each with a name of its own. */
  const forms = [
    (name: string) => ({ name, description: '' }),
    (name: string) => ({ xanoscript: `function ${name} {\n}\n` }),
  ]
  let count = 0
  const create = (query: string, branch: unknown, form: (name: string) => object) =>
    t.raw('POST', `/function${query}`, { body: { ...form(`made_${(count += 1)}`), branch } })

  test.each(forms)('a label goes before an empty one, wherever it stands', async (form) => {
    for (const [query, branch] of [
      ['?branch=dev', ''],
      ['?branch=', 'dev'],
      ['', 'dev'],
      ['?branch=dev', undefined],
      ['?branch=dev', 'dev'],
    ]) {
      expect(await create(query ?? '', branch, form)).toMatchObject({ status: 200, body: { branch: 'dev' } })
    }
    expect(await create('?branch=', '', form)).toMatchObject({ status: 200, body: { branch: 'v1' } })
  })

  test.each(forms)('two labels, and what is no text, are refused', async (form) => {
    expect(await create('?branch=v1', 'dev', form)).toMatchObject(refusal('branch'))
    for (const branch of [5, null, ['dev'], true]) {
      expect(await create('', branch, form)).toMatchObject(refusal('branch'))
    }
    expect(await create('?branch=dev&branch=v1', undefined, form)).toMatchObject(refusal('branch'))
  })

  test('holds for API groups', async () => {
    const group = (query: string, body: object) => t.raw('POST', `/apigroup${query}`, { body })
    const settings = { name: 'branched', description: '', swagger: true }
    expect(await group('?branch=dev', { ...settings, branch: '' })).toMatchObject({ body: { branch: 'dev' } })
    expect(await group('?branch=dev', { ...settings, branch: 'v1' })).toMatchObject(refusal('branch'))
    const xanoscript = 'api_group documented {\n}\n'
    expect(await group('?branch=dev', { xanoscript, branch: '' })).toMatchObject({ body: { branch: 'dev' } })
    expect(await group('?branch=dev', { xanoscript, branch: 'v1' })).toMatchObject(refusal('branch'))
    expect(await group('', { xanoscript, branch: 5 })).toMatchObject(refusal('branch'))
  })
})

describe('beside the key xanoscript', () => {
  const xanoscript = 'query "item/{id}" verb=POST {\n  description = "Said"\n}\n'

  test('may stand what says the same, and settings that the document then says instead', async () => {
    const body = { xanoscript, path: '/item/{id}', name: 'item/{id}', verb: 'POST', description: 'Beside', tag: null }
    const made = await t.raw('POST', apis, { body: { ...body, include_xanoscript: true } })
    expect(made).toMatchObject({ status: 200, body: { description: 'Said', xanoscript: { value: xanoscript } } })
    const path = `${apis}/${String(made.body['id'])}`
    expect(await t.raw('PUT', path, { body })).toMatchObject({ status: 200, etag: made.etag })
    const form = { xanoscript, path: 'item/{id}', verb: 'POST', publish: 'true', include_xanoscript: 'true' }
    expect(await t.raw('PUT', path, { form })).toMatchObject({ status: 200, body: { xanoscript: { status: 'ok' } } })
    for (const [param, other] of [
      ['name', { name: 'thing' }],
      ['path', { path: 'thing' }],
      ['verb', { verb: 'GET' }],
    ] as const) {
      expect(await t.raw('PUT', path, { body: { xanoscript, ...other } })).toMatchObject(refusal(param))
      expect(await t.raw('POST', apis, { body: { xanoscript, ...other } })).toMatchObject(refusal(param))
    }
  })

  test('what the operation does not know is refused, and what has another type', async () => {
    const post = (more: object) => t.raw('POST', '/function', { body: { xanoscript: 'function x {\n}\n', ...more } })
    for (const [param, more] of [
      ['colour', { colour: 'red' }],
      ['path', { path: 'x' }],
      ['publish', { publish: true }],
      ['description', { description: 5 }],
      ['include_xanoscript', { include_xanoscript: 'perhaps' }],
    ] as const) {
      expect(await post(more)).toMatchObject(refusal(param))
    }
    expect((await post({ colour: 'red' })).body['message']).toBe('Unknown param: colour')
    const middleware = { xanoscript: 'middleware x {\n}\n', name: 'y' }
    expect(await t.raw('POST', '/middleware', { body: middleware })).toMatchObject(refusal('name'))
    const group = { xanoscript: 'api_group x {\n}\n', name: 'y' }
    expect(await t.raw('POST', '/apigroup', { body: group })).toMatchObject(refusal('name'))
    expect(await t.raw('POST', '/apigroup', { body: { ...group, colour: 'red' } })).toMatchObject(refusal('colour'))
  })
})

test('a document is text under its key or its content type, and nothing else is', async () => {
  for (const xanoscript of [5, null, ['function x {\n}\n'], { value: '' }]) {
    expect(await t.raw('POST', '/function', { body: { xanoscript } })).toMatchObject(refusal('xanoscript'))
    expect(await t.raw('POST', '/middleware', { body: { xanoscript } })).toMatchObject(refusal('xanoscript'))
  }
  for (const path of ['/function', '/middleware', '/apigroup']) {
    expect(await t.raw('POST', path, { json: 'function x {\n}\n' })).toMatchObject({
      status: 400,
      body: { code: 'ERROR_CODE_INPUT_ERROR' },
    })
  }
  const charset = { text: 'function cased {\n}\n', type: 'Text/X-XanoScript; charset=utf-8' }
  expect(await t.raw('POST', '/function', charset)).toMatchObject({ status: 200 })
})
