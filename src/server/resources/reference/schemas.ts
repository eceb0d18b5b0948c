import { z } from 'zod'

import { Column, Index } from '#api/contract/columns.ts'
import { ConstructInput } from '#api/contract/construct-fields.ts'
import { PublishQuery } from '#api/contract/constructs.ts'
import { QueryBoolean } from '#api/contract/endpoint.ts'

export type JsonSchema = Record<string, unknown>

/** Schemas that are named in the document; wherever the contract uses them, the document refers to them. */
const NAMED: readonly [string, z.ZodType][] = [
  ['Column', Column],
  ['Index', Index],
  ['ConstructInput', ConstructInput],
]

const pathOf = (name: string): string => `#/components/schemas/${name}`
const refTo = (name: string): JsonSchema => ({ $ref: pathOf(name) })

/** A schema of the contract in the form of OpenAPI 3.0, as it is sent (`input`) or answered (`output`). */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const name = NAMED.find(([, known]) => known === schema)?.[0]
  return name === undefined ? convert(schema, io) : refTo(name)
}

/** The named schemas themselves. */
export function namedSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    NAMED.map(([name, schema]) => {
      // A schema that holds itself refers to its own root, which is another place in the document.
      const text = JSON.stringify(convert(schema, 'input')).replaceAll('"$ref":"#"', `"$ref":"${pathOf(name)}"`)
      return [name, JSON.parse(text) as JsonSchema]
    }),
  )
}

function convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const {
    $schema: _dialect,
    definitions = {},
    ...converted
  } = z.toJSONSchema(schema, {
    io,
    target: 'openapi-3.0',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema, path }) => {
      const current = zodSchema as unknown as z.ZodType
      const name = NAMED.find(([, known]) => known === current)?.[0]
      // Columns hold columns: each level is a schema of its own there, and one name here.
      const isNested = schema !== ConstructInput && path.at(-2) === 'children' && path.at(-1) === 'items'
      if (isNested) replace(jsonSchema, refTo('Column'))
      else if (name !== undefined && current !== schema) replace(jsonSchema, refTo(name))
      else if (current === QueryBoolean) replace(jsonSchema, { type: 'boolean', default: false })
      else if (current === PublishQuery) replace(jsonSchema, { type: 'boolean', default: true })
    },
  })
  return withoutDefinitions(converted, definitions as Record<string, JsonSchema>)
}

/** A schema that holds itself is put aside as a definition; all of those have names, so the name takes its place. */
function withoutDefinitions(schema: JsonSchema, definitions: Record<string, JsonSchema>): JsonSchema {
  let text = JSON.stringify(schema)
  for (const [key, { $ref }] of Object.entries(definitions)) {
    text = text.replaceAll(`"#/definitions/${key}"`, JSON.stringify($ref))
  }
  return JSON.parse(text) as JsonSchema
}

function replace(target: object, by: JsonSchema): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key)
  Object.assign(target, by)
}
