import type { TableField } from '#xanoscript/table-field.ts'

import { fieldSchema, objectSchema } from './field-schema.ts'
import type { Schema } from './schema.ts'

/** An operation of OpenAPI 3.0.3, as far as the documents here use it. */
export interface Operation {
  operationId: string
  tags: string[]
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
  security: Record<string, string[]>[]
}

interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema?: Schema
  content?: Record<string, { schema: Schema }>
}

/** An endpoint as a document shows it. */
export interface DocumentEndpoint {
  /** Its address below the group's, parameters in braces. */
  name: string
  verb: string
  description: string
  docs: string
  /** The table that signs users in; null = open to everybody. */
  auth: string | null
  input: readonly TableField[]
  /** Why nothing more is known of it; empty where all is well. */
  problem: string
}

/** Methods whose requests carry their inputs in the address. */
const WITHOUT_BODY = new Set(['GET', 'DELETE', 'HEAD'])

/** Characters of a title; longer first lines are cut, and stand whole in the description. */
const SUMMARY_MAX = 120

/** Failures that every endpoint may answer; the shapes are in `components.responses`. */
export const FAILURES = {
  400: 'InputError',
  401: 'Unauthorized',
  403: 'AccessDenied',
  404: 'NotFound',
  429: 'TooManyRequests',
  500: 'Fatal',
}

/**
 * An endpoint as an operation. `names` are the parameters of its address as the document spells them, in the order of
 * the endpoint's own `names`.
 */
export function toOperation(
  endpoint: DocumentEndpoint,
  { operationId, tag, names, ownNames }: { operationId: string; tag: string; names: string[]; ownNames: string[] },
): Operation {
  const inputs = new Map(endpoint.input.map((field) => [field.name, field]))
  const inPath = names.map((name, at) => pathParameter(name, inputs.get(ownNames[at] ?? name)))
  const rest = [...inputs.values()].filter(({ name }) => !ownNames.includes(name))
  const hasBody = !WITHOUT_BODY.has(endpoint.verb)
  const parameters = [...uniqueByName(inPath), ...(hasBody ? [] : rest.map(queryParameter))]
  return {
    operationId,
    tags: [tag],
    ...wordsOf(endpoint),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(hasBody && rest.length > 0 ? { requestBody: requestBody(rest) } : {}),
    responses: responsesOf(endpoint.verb),
    security: endpoint.auth === null ? [] : [{ bearerAuth: [] }],
  }
}

function uniqueByName(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((parameter) => [parameter.name, parameter])).values()]
}

/** The first line as the title; whatever is more, and the documentation, below it. */
function wordsOf({ description, docs, problem }: DocumentEndpoint): Pick<Operation, 'summary' | 'description'> {
  const line = description.trim().split('\n', 1)[0] ?? ''
  const summary = line.length > SUMMARY_MAX ? `${line.slice(0, SUMMARY_MAX).toWellFormed()}…` : line
  const text = [problem, description.trim() === summary ? '' : description.trim(), docs.trim()]
    .filter(Boolean)
    .join('\n\n')
  return { ...(summary === '' ? {} : { summary }), ...(text === '' ? {} : { description: text }) }
}

function pathParameter(name: string, field: TableField | undefined): Parameter {
  if (field === undefined) return { name, in: 'path', required: true, schema: { type: 'string' } }
  // A part of an address is always there.
  const { description, ...schema } = fieldSchema({ ...field, nullable: false, default: null })
  return { name, in: 'path', required: true, ...(description === undefined ? {} : { description }), schema }
}

function queryParameter(field: TableField): Parameter {
  const { description, ...schema } = fieldSchema(field)
  const isPlain = schema.type !== undefined && schema.type !== 'object'
  return {
    name: field.name,
    in: 'query',
    required: !field.optional,
    ...(description === undefined ? {} : { description }),
    // Objects and free JSON travel as one text.
    ...(isPlain ? { schema } : { content: { 'application/json': { schema } } }),
  }
}

function requestBody(fields: readonly TableField[]): NonNullable<Operation['requestBody']> {
  const type = fields.some((field) => field.type === 'file') ? 'multipart/form-data' : 'application/json'
  return { required: fields.some(({ optional }) => !optional), content: { [type]: { schema: objectSchema(fields) } } }
}

function responsesOf(verb: string): Record<string, unknown> {
  const failures = Object.entries(FAILURES).map(([status, name]) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ])
  const success = {
    description: 'Success',
    ...(verb === 'HEAD' ? {} : { content: { 'application/json': { schema: {} } } }),
  }
  return { '200': success, ...Object.fromEntries(failures) }
}
