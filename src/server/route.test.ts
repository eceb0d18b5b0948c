import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import { parseInput } from './route.ts'
import { type Served, watchRoutes } from './security/operations.ts'
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
