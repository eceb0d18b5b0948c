import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { wholeNumber } from '#api/contract/numbers.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import type { AppError } from './errors.ts'
import { parseInput } from './route.ts'
import { type Served, watchRoutes } from './testing/operations.ts'
import { createTestApp, type TestApp } from './testing/test-app.ts'

/** What the validator says by itself, in English. */
const LIBRARY =
  /invalid (input|option|key|element|string|union|number|record|iso)|expected|received|\bNaN\b|undefined|unrecognized|too (small|big):|\bzod\b|must match/i

function messageOf(schema: z.ZodType, value: unknown): string {
  try {
    parseInput(schema, value)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing was refused')
}

describe('what is refused', () => {
  const Odd = z.strictObject({
    text: z.string().min(3).max(5).default('four'),
    filled: z.string().min(1).default('x'),
    flag: z.boolean().default(true),
    number: z.number().min(2).max(4).default(3),
    above: z.number().gt(2).default(3),
    whole: z.number().int().default(3),
    id: wholeNumber(1).default(1),
    list: z.array(z.string()).min(2).max(3).default(['a', 'b']),
    object: z.object({}).default({}),
    one: z.enum(['good', 'bad', 'ugly']).default('good'),
    only: z.literal('all').default('all'),
    either: z.union([z.number(), z.boolean()]).default(1),
    reach: z.union([z.literal('all'), z.array(z.number())]).default('all'),
    email: z.email().default('a@example.com'),
    moment: z.iso.datetime().default('2026-01-31T08:00:00Z'),
    keys: z.record(z.enum(['a']), z.string()).default({ a: '' }),
    custom: z
      .string()
      .refine(() => false)
      .optional(),
  })

  it.each([
    [{ text: 1 }, 'text: not a text. Send a text'],
    [{ text: 'ab' }, 'text: too short. Send at least 3 characters'],
    [{ text: 'abcdef' }, 'text: too long. Send at most 5 characters'],
    [{ filled: '' }, 'filled: empty. Send a text'],
    [{ flag: 'yes' }, 'flag: not true or false. Send true or false'],
    [{ number: Number.NaN }, 'number: not a number. Send a number'],
    [{ number: 1 }, 'number: too small. Send 2 or more'],
    [{ number: 5 }, 'number: too large. Send 4 or less'],
    [{ above: 2 }, 'above: too small. Send a number above 2'],
    [{ whole: 1.5 }, 'whole: not a whole number. Send a number without a fraction'],
    [{ id: '0' }, 'id: too small. Send 1 or more'],
    [{ list: ['a'] }, 'list: too few. Send at least 2 entries'],
    [{ list: 'a' }, 'list: not a list. Send a list'],
    [{ object: [] }, 'object: not an object. Send an object'],
    [{ one: 'x' }, 'one: not one of the values that are taken. Send "good", "bad" or "ugly"'],
    [{ only: 'x' }, 'only: not one of the values that are taken. Send "all"'],
    [{ either: 'x' }, 'either: none of the forms that are taken. Send a number or true or false'],
    [{ reach: 'x' }, 'reach: none of the forms that are taken. Send "all" or a list'],
    [{ email: 'x' }, 'email: not an e-mail address. Send one such as name@example.com'],
    [{ moment: 'x' }, 'moment: not a moment. Send ISO 8601 with a time zone, such as 2026-01-31T08:00:00Z'],
    [{ custom: 'x' }, 'custom: not a value that is taken here. See the reference of this operation'],
  ])('%j is told by why and what to send', (sent, words) => {
    expect(messageOf(Odd, sent)).toBe(`Invalid value for param ${words}`)
  })

  it('in its keys, its whole or its absence is told in words too', () => {
    expect(messageOf(Odd, { keys: { b: '' } })).not.toMatch(LIBRARY)
    expect(messageOf(Odd, undefined)).toBe('The request body is missing. Send an object as JSON.')
    expect(messageOf(Odd, 7)).toBe('What was sent is not an object. Send an object.')
    expect(messageOf(Odd, { colour: 1 })).toBe('Unknown param: colour')
  })

  it('is never repeated: it may be a secret in the wrong field', () => {
    for (const field of Object.keys(Odd.shape)) {
      if (field !== 'custom' && field !== 'object')
        expect(messageOf(Odd, { [field]: { s3cret: 's3cret' } })).not.toContain('"s3cret"')
    }
    expect(messageOf(Odd, { one: 's3cret' })).not.toContain('s3cret')
  })
})

describe('of nonsense', () => {
  let test$: TestApp
  let served: Served
  let token: string

  beforeAll(async () => {
    ;({ built: test$, served } = await watchRoutes(createTestApp))
    const owner = await test$.signIn()
    token = (await owner(createToken, { body: { name: 'asks', scopes: ALL_SCOPES, workspaces: 'all' } })).token
  })
  afterAll(() => test$.close())

  const NO_IDS = ['0x1', '1e0', ' 1', '1 ', '+1', '-0', '-1', '1.0', 'abc', '１', '']
  const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => (schema instanceof z.ZodObject ? schema.shape : {})
  const takesNumbers = (schema: z.ZodType): boolean =>
    ['1', '60'].some((text) => typeof schema.safeParse(text).data === 'number')
  /** What is said of a value; nothing where it is taken. */
  const saidOf = (schema: z.ZodType, value: unknown): string[] => {
    try {
      parseInput(schema, value)
      return []
    } catch (error) {
      const { payload } = error as AppError
      return (payload?.issues ?? []).map(({ message }) => message)
    }
  }

  it('no operation takes any as a number in its path or query', () => {
    let tried = 0
    for (const { id, params, query } of served.endpoints) {
      for (const [name, schema] of Object.entries({ ...shapeOf(params), ...shapeOf(query) })) {
        if (!takesNumbers(schema)) continue
        const taken = NO_IDS.filter((text) => text !== '' && schema.safeParse(text).success)
        expect([id, name, taken]).toEqual([id, name, []])
        tried += 1
      }
    }
    expect(tried).toBeGreaterThan(300)
  })

  it('no operation tells in the words of the validator', () => {
    let told = 0
    for (const { id, params, query, body } of served.endpoints) {
      const nonsense = [undefined, null, true, '', 'x', '0x1', -1.5, 1e20, [], [{}], { a: [1] }, { '': null }]
      const sent = [params, query, body].flatMap((schema) => [
        ...nonsense.map((value) => [schema, value] as const),
        ...nonsense.map(
          (value) => [schema, Object.fromEntries(Object.keys(shapeOf(schema)).map((key) => [key, value]))] as const,
        ),
      ])
      const said = sent.flatMap(([schema, value]) => (schema instanceof z.ZodUndefined ? [] : saidOf(schema, value)))
      expect([id, said.filter((text) => LIBRARY.test(text))]).toEqual([id, []])
      told += said.length
    }
    expect(told).toBeGreaterThan(5_000)
  })

  it('each path with an id is refused with 400', async () => {
    const answers = await Promise.all(
      served.endpoints.map(async ({ id, method, path, params }, at) => {
        const names = Object.entries(shapeOf(params)).flatMap(([name, schema]) => (takesNumbers(schema) ? [name] : []))
        const last = names.at(-1)
        if (last === undefined) return []
        const text = NO_IDS[at % (NO_IDS.length - 1)] ?? ''
        const url = path.replaceAll(/\{(\w+)\}/g, (_whole, name) => (name === last ? encodeURIComponent(text) : '1'))
        const headers = { authorization: `Bearer ${token}` }
        const reply = await test$.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload: {} }) })
        // What is for people only is refused before that.
        return reply.statusCode === 400 || reply.statusCode === 403 ? [] : [`${id} ${text}: ${reply.statusCode}`]
      }),
    )
    expect(answers.flat()).toEqual([])
  })
})
