import { Ajv, type ValidateFunction } from 'ajv'

import { type JsonSchema, sharedContract } from './shared-contract.ts'

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
const checks = new Map<JsonSchema, ValidateFunction>()

/** OpenAPI 3.0 says `nullable` where JSON schema says `type: [..., 'null']`. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, ...rest } = value as JsonSchema
  const schema = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]))
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

const components = toJsonSchema({ schemas: sharedContract.components.schemas })

/** What of an answer does not fit its schema in the shared contract; empty where all of it fits. */
export function misfits(schema: JsonSchema, answer: unknown): string[] {
  let check = checks.get(schema)
  if (check === undefined) {
    check = ajv.compile({ ...(toJsonSchema(schema) as object), components })
    checks.set(schema, check)
  }
  if (check(answer)) return []
  return (check.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`)
}
