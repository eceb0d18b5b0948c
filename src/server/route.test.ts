import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { z } from 'zod'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import { refusedFields } from './refused-value.ts'
import { parseInput } from './route.ts'
import { type Served, watchRoutes } from './testing/operations.ts'
import { createTestApp, type TestApp } from './testing/test-app.ts'

/** What a schema says of a value: the message and the field of each fault. */
function faults(schema: z.ZodType, value: unknown): unknown {
  try {
    return parseInput(schema, value)
  } catch (error) {
    return (error as { payload: { issues: { param: string; message: string }[] } }).payload.issues
  }
}

describe('a refused value', () => {
  const List = z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(['good', 'bad'])))
  const words = 'not one of the values that are taken. Send "good" or "bad"'

  it('that was sent as one text is named by the name it was sent under, with the words that are taken', () => {
    const refused = { param: 'status', message: `Invalid value for param status: ${words}` }
    expect(faults(z.object({ status: List }), { status: 'foo' })).toEqual([refused])
    expect(faults(z.object({ status: List }), { status: 'good,foo,other' })).toEqual([refused])
    expect(faults(z.object({ status: List }), { status: '' })).toEqual([refused])
    expect(faults(z.object({ inner: z.object({ status: List }) }), { inner: { status: 'foo' } })).toEqual([
      { param: 'inner.status', message: `Invalid value for param inner.status: ${words}` },
    ])
  })

  it('is called missing only where nothing was sent', () => {
    const schema = z.object({ a: z.string(), list: z.array(z.object({ b: z.string() })) })
    expect(faults(schema, { list: [{ b: 'x' }, {}] })).toEqual([
      { param: 'a', message: 'Missing param: a' },
      { param: 'list.1.b', message: 'Missing param: list.1.b' },
    ])
    expect(faults(schema, { a: null, list: [7] })).toEqual([
      { param: 'a', message: expect.stringMatching(/^Invalid value for param a: /) as string },
      { param: 'list.0', message: expect.stringMatching(/^Invalid value for param list\.0: /) as string },
    ])
  })
})

describe('a refused value of a name that is longer than anybody needs', () => {
  const long = `k${'\u{1F600}'.repeat(80)}`

  it('is told under the beginning of it, in whole characters', () => {
    for (const [schema, value] of [
      [z.strictObject({}), { [long]: 1 }],
      [z.record(z.string(), z.number()), { [long]: 'x' }],
    ] as const) {
      const [fault] = faults(schema, value) as { param: string; message: string }[]
      expect(fault?.param).toBe(`k${'\u{1F600}'.repeat(49)}…`)
      expect(fault?.message.length).toBeLessThan(200)
    }
  })
})

test('of more faults than a call can have arguments an answer tells fifty, in unions too', () => {
  const fault = { code: 'invalid_type', expected: 'number', path: ['list', 0], message: 'not a number' } as const
  const faultsOfForm = Array.from({ length: 300_000 }, (_none, at) => ({ ...fault, path: ['list', at] }))
  const union = { code: 'invalid_union', errors: [faultsOfForm, [fault]], path: [], message: '' } as const
  const value = { list: Array.from({ length: 300_000 }, () => 'x') }
  expect(refusedFields([union as unknown as z.core.$ZodIssue], value)).toHaveLength(50)
})

describe('an operation', () => {
  let test$: TestApp
  let served: Served
  let token: string

  beforeAll(async () => {
    ;({ built: test$, served } = await watchRoutes(createTestApp))
    const owner = await test$.signIn()
    const body = { name: 'asks', scopes: ALL_SCOPES, workspaces: 'all' as const }
    token = (await owner(createToken, { body })).token
  })
  afterAll(() => test$.close())

  const ask = async (url: string) => {
    const reply = await test$.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
  }

  it('of the console answers JSON by one rule: 201 and 202 tell something, nothing to tell is null with 200', async () => {
    const own = served.endpoints.filter(
      ({ path, replyKind }) => path.startsWith('/api:console/') && replyKind === 'json',
    )
    expect(own.length).toBeGreaterThan(90)
    for (const { id, status, reply } of own) {
      expect([id, [200, 201, 202].includes(status)]).toEqual([id, true])
      if (reply instanceof z.ZodNull) expect([id, status]).toEqual([id, 200])
    }
    const { statusCode, body, headers } = await test$.app.inject({ method: 'DELETE', url: '/api:console/session' })
    expect([statusCode, body, headers['content-type']]).toEqual([200, 'null', 'application/json; charset=utf-8'])
  })

  it('of the console refuses a query, with every parameter named that it does not know', async () => {
    expect(await ask('/api:console/backups?limit=5&stauts=failed&colour=red')).toEqual({
      status: 400,
      body: {
        code: 'invalid_input',
        message: 'Unknown param: stauts',
        payload: {
          param: 'stauts',
          issues: [
            { param: 'stauts', message: 'Unknown param: stauts' },
            { param: 'colour', message: 'Unknown param: colour' },
          ],
        },
      },
    })
    expect(await ask('/api:console/schedules/1?verbose=1')).toMatchObject({ status: 400 })
    expect(await ask('/api:console/backups?limit=5')).toMatchObject({ status: 200 })
  })

  it('that takes no body reads a kilobyte at most, and settings of the console 64', async () => {
    const limits = new Map(served.endpoints.map((one) => [one.id, one.bodyLimitBytes]))
    const bare = served.endpoints.filter(
      ({ bodyKind, body, takesXanoScript }) =>
        bodyKind === 'json' && body instanceof z.ZodUndefined && !takesXanoScript,
    )
    expect(bare.filter(({ id }) => limits.get(id) !== 1_024).map(({ id }) => id)).toEqual([])
    expect([limits.get('tokenCreate'), limits.get('oidcProviderUpdate')]).toEqual([65_536, 65_536])
    const remove = (payload: object) =>
      test$.app.inject({ method: 'DELETE', url: '/api:console/session', payload }).then(({ statusCode }) => statusCode)
    expect(await Promise.all([remove({}), remove({ a: 'x'.repeat(1_024) })])).toEqual([200, 413])
  })

  it('refuses text that cannot be stored by its place, and what is nested without end', async () => {
    const search = (payload: string) =>
      test$.app.inject({
        method: 'POST',
        url: '/api:meta/audit_log/search',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        payload,
      })
    expect((await search('{"search":[{"msg":"x"},{"msg":["a","\\u0000"]}]}')).json()).toMatchObject({
      payload: { param: 'search.1.msg.1' },
    })
    const deep = await search(`{"search":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)
    expect([deep.statusCode, deep.json<{ message: string }>().message]).toEqual([
      400,
      'The request body is nested deeper than 100 levels.',
    ])
  })

  it('names the words of a list in a query that are taken', async () => {
    expect(await ask('/api:console/backups?status=foo')).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^Invalid value for param status: .*"queued", "running"/) as string },
    })
  })

  it('of the Metadata API may be asked with parameters that it does not know', async () => {
    expect(await ask('/api:meta/workspace?colour=red')).toMatchObject({ status: 200 })
  })

  it('of a sign-in that comes back from a provider may be asked with what the provider adds', async () => {
    const url = '/api:console/oidc/1/callback?code=x&state=y&iss=z&hd=example.com'
    expect((await test$.app.inject({ url })).statusCode).toBe(302)
  })
})
