import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { LENIENT_KEYS, OPTIONAL_KEYS } from './exceptions.ts'
import { callOperation, createHarness, type Harness, sharedWorld } from './harness.ts'
import { validInput } from './inputs.ts'
import { CORE, type JsonSchema, type Operation, resolve } from './shared-contract.ts'
import type { World } from './world.ts'

let harness: Harness
let world: World

beforeAll(async () => {
  harness = await createHarness()
  world = await sharedWorld(harness)
})
afterAll(() => harness.close())

/** A value that no reading of the schema allows; undefined where everything is allowed. */
function wrongValue(given: JsonSchema): unknown {
  const schema = resolve(given)
  if (Array.isArray(schema['enum'])) return 'no-such-choice'
  switch (schema['type']) {
    case 'string':
      return { not: 'text' }
    case 'integer':
    case 'number':
      return 'not a number'
    case 'boolean':
      return 'maybe'
    case 'array':
      return 'not a list'
    case 'object':
      return 'not an object'
    default:
      return Array.isArray(schema['oneOf']) ? 'neither' : undefined
  }
}

interface Case {
  /** Dotted place of the key, as it is named in a refusal. */
  at: string
  body: unknown
}

type Body = Record<string, unknown>

/** The body with one key left out, for each that is required, also within the items of lists. */
function withoutRequired(schema: JsonSchema, body: Body, prefix = ''): Case[] {
  const own = ((schema['required'] as string[] | undefined) ?? []).map((key) => {
    const { [key]: _left, ...rest } = body
    return { at: `${prefix}${key}`, body: rest }
  })
  return [...own, ...inner(schema, body, prefix, withoutRequired)]
}

/** The body with one key of a wrong type, for each there is, also within the items of lists. */
function withWrongTypes(schema: JsonSchema, body: Body, prefix = ''): Case[] {
  const properties = Object.entries((schema['properties'] as Record<string, JsonSchema> | undefined) ?? {})
  const own = properties.flatMap(([key, inside]) => {
    const wrong = wrongValue(inside)
    return wrong === undefined ? [] : [{ at: `${prefix}${key}`, body: { ...body, [key]: wrong } }]
  })
  return [...own, ...inner(schema, body, prefix, withWrongTypes)]
}

/** The same one level down: in the first item of each list and in each object that the valid body has. */
function inner(
  schema: JsonSchema,
  body: Body,
  prefix: string,
  make: (schema: JsonSchema, body: Body, prefix: string) => Case[],
): Case[] {
  const properties = Object.entries((schema['properties'] as Record<string, JsonSchema> | undefined) ?? {})
  return properties.flatMap(([key, raw]) => {
    const inside = resolve(raw)
    const value = body[key]
    const wrap = (cases: Case[], into: (changed: unknown) => unknown): Case[] =>
      cases.map((one) => ({ at: one.at, body: { ...body, [key]: into(one.body) } }))
    if (Array.isArray(value) && isBody(value[0])) {
      const items = resolve((inside['items'] as JsonSchema | undefined) ?? {})
      return wrap(make(items, value[0], `${prefix}${key}.0.`), (changed) => [changed, ...value.slice(1)])
    }
    return isBody(value) ? wrap(make(inside, value, `${prefix}${key}.`), (changed) => changed) : []
  })
}

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Operations whose JSON body has a schema; rows have the columns of their table instead. */
const WITH_BODY = CORE.filter(
  ({ id, body }) => body?.schema !== undefined && !/^(content(Create|Update)|workspaceImport\w*|fileUpload)$/.test(id),
)

/** The keys whose cases are not refused with 400 and the name of the key, or of something inside it. */
async function accepted(operation: Operation, cases: Case[]): Promise<string[]> {
  const keys: string[] = []
  for (const { at, body } of cases) {
    const reply = await callOperation(harness, operation, world, { body })
    const { code, payload } = reply.json<{ code?: string; payload?: { param?: string } } | null>() ?? {}
    const isNamed = payload?.param === at || payload?.param?.startsWith(`${at}.`) === true
    if (reply.statusCode !== 400 || code !== 'ERROR_CODE_INPUT_ERROR' || !isNamed) keys.push(`${operation.id}: ${at}`)
  }
  return keys
}

/** The exceptions of one operation: as many as there are differences, no more. */
const expected = (operation: Operation, exceptions: Record<string, string>): string[] =>
  Object.keys(exceptions).filter((key) => key.startsWith(`${operation.id}: `))

describe('each required key that is missing is refused with 400 and its name', () => {
  for (const operation of WITH_BODY) {
    test(`${operation.method} ${operation.path}`, async () => {
      const body = validInput(operation.id, world)?.body ?? {}
      const cases = withoutRequired(resolve(operation.body?.schema ?? {}), body)
      expect(await accepted(operation, cases)).toEqual(expected(operation, OPTIONAL_KEYS))
    })
  }
})

describe('each key of a wrong type is refused with 400 and its name', () => {
  for (const operation of WITH_BODY) {
    test(`${operation.method} ${operation.path}`, async () => {
      const body = validInput(operation.id, world)?.body ?? {}
      const cases = withWrongTypes(resolve(operation.body?.schema ?? {}), body)
      expect(await accepted(operation, cases)).toEqual(expected(operation, LENIENT_KEYS))
    })
  }
})

describe('each query parameter of a wrong type is refused with 400 and its name', () => {
  for (const operation of CORE) {
    const typed = operation.parameters.filter(
      ({ in: place, schema }) => place === 'query' && wrongQuery(schema) !== undefined,
    )
    if (typed.length === 0) continue
    test(`${operation.method} ${operation.path}`, async () => {
      for (const { name, schema } of typed) {
        const reply = await callOperation(harness, operation, world, { query: { [name]: wrongQuery(schema) ?? '' } })
        expect([reply.statusCode, reply.json<{ payload?: { param?: string } }>().payload?.param]).toEqual([400, name])
      }
    })
  }
})

function wrongQuery(schema: JsonSchema): string | undefined {
  if (Array.isArray(schema['enum'])) return 'no-such-choice'
  return schema['type'] === 'integer' || schema['type'] === 'boolean' ? 'maybe' : undefined
}

describe('a page above its limit and a page before the first are refused', () => {
  for (const operation of CORE) {
    const limit = operation.parameters.find(({ name }) => name === 'per_page')?.schema['maximum']
    if (typeof limit !== 'number') continue
    test(`${operation.method} ${operation.path}`, async () => {
      for (const query of [{ per_page: String(limit + 1) }, { per_page: '0' }, { page: '0' }]) {
        expect((await callOperation(harness, operation, world, { query })).statusCode).toBe(400)
      }
      expect((await callOperation(harness, operation, world, { query: { per_page: String(limit) } })).statusCode).toBe(
        200,
      )
    })
  }
})
