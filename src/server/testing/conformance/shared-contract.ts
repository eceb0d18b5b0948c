import { readFileSync } from 'node:fs'

import { parse } from 'yaml'

export type JsonSchema = Record<string, unknown>

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: JsonSchema
}

/** One operation of the shared contract, with its references to parameters resolved. */
export interface Operation {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/workspace/{workspace_id}/table`. */
  path: string
  tier: string
  /** A scope key, or `none`. */
  scope: string
  parameters: Parameter[]
  body: { required: boolean; types: string[]; schema: JsonSchema | undefined } | undefined
  /** Null where the answer is bytes. */
  reply: JsonSchema | null
}

interface RawOperation {
  operationId: string
  'x-tier': string
  'x-scope': string
  parameters?: ({ $ref: string } | Parameter)[]
  requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>
  components: { parameters: Record<string, Parameter>; schemas: Record<string, JsonSchema> }
}

const FILE = new URL('../../../../docs/contract/metadata-api.openapi.yaml', import.meta.url)

/** The facts about the Metadata API that this project is held against: a file of other people, never changed here. */
export const sharedContract = parse(readFileSync(FILE, 'utf8')) as Document

const lastPart = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** Follows `$ref` into the schemas of the shared contract. */
export function resolve(schema: JsonSchema): JsonSchema {
  const ref = schema['$ref']
  return typeof ref === 'string' ? resolve(sharedContract.components.schemas[lastPart(ref)] ?? {}) : schema
}

function toOperation(path: string, method: string, raw: RawOperation): Operation {
  const content = raw.requestBody?.content
  const reply = raw.responses['200']?.content
  return {
    id: raw.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    tier: raw['x-tier'],
    scope: raw['x-scope'],
    parameters: (raw.parameters ?? []).map((parameter) =>
      '$ref' in parameter ? (sharedContract.components.parameters[lastPart(parameter.$ref)] as Parameter) : parameter,
    ),
    body:
      content === undefined
        ? undefined
        : {
            required: raw.requestBody?.required === true,
            types: Object.keys(content),
            schema: (content['application/json'] ?? content['multipart/form-data'])?.schema,
          },
    reply: reply?.['application/json']?.schema ?? null,
  }
}

/** Every operation of the tier that this instance answers wholly. */
export const CORE: readonly Operation[] = Object.entries(sharedContract.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, raw]) => toOperation(path, method, raw)))
  .filter((operation) => operation.tier === 'core')
