import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { OWN_HEADERS, PARAMETERS } from './exceptions.ts'
import { createHarness, type Harness } from './harness.ts'
import { CORE, type JsonSchema, type Operation } from './shared-contract.ts'

interface Generated {
  operationId: string
  'x-scope': string
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema }[]
  requestBody?: { content: Record<string, unknown> }
}

let harness: Harness
let paths: Record<string, Record<string, Generated>>

beforeAll(async () => {
  harness = await createHarness()
  const reply = await harness.app.inject({ url: '/api:meta' })
  paths = reply.json<{ paths: typeof paths }>().paths
})
afterAll(() => harness.close())

const generated = (operation: Operation): Generated | undefined =>
  paths[operation.path]?.[operation.method.toLowerCase()]

/** What counts about a parameter: where, its name, whether it must be there, its type and its choices. */
function summaryOf(parameter: { name: string; in: string; required: boolean; schema: JsonSchema }): string {
  const { type, enum: choices } = parameter.schema
  const values = Array.isArray(choices)
    ? ` ${choices
        .map(String)
        .toSorted((a, b) => a.localeCompare(b))
        .join('|')}`
    : ''
  return `${parameter.in} ${parameter.name}${parameter.required ? ' required' : ''} ${String(type)}${values}`
}

describe('the generated document and the shared contract agree on', () => {
  for (const operation of CORE) {
    test(`${operation.method} ${operation.path}`, () => {
      const ours = generated(operation)
      expect(ours).toMatchObject({ operationId: operation.id, 'x-scope': operation.scope })
      const known = (ours?.parameters ?? []).filter((one) => !(one.in === 'header' && one.name in OWN_HEADERS))
      const mine = known.map(summaryOf)
      const theirs = operation.parameters.map(summaryOf)
      const differing = [...mine.filter((one) => !theirs.includes(one)), ...theirs.filter((one) => !mine.includes(one))]
      const exceptions = Object.keys(PARAMETERS).filter((key) => key.startsWith(`${operation.id}: `))
      expect(differing.map((one) => `${operation.id}: ${one}`)).toEqual(exceptions)
      expect(Object.keys(ours?.requestBody?.content ?? {})).toEqual(expect.arrayContaining(operation.body?.types ?? []))
    })
  }
})
