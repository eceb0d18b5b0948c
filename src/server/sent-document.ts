import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { type Endpoint, XANOSCRIPT_TYPE } from '#api/contract/endpoint.ts'

import { invalidInput } from './errors.ts'

/** What stands beside a document in a JSON body or a form and says again what the document says itself. */
export interface BesideDocument {
  name?: string
  /** What some clients call the name of an endpoint. */
  path?: string
  verb?: string
}

/** A flag in JSON, or its word in a form. */
const Flag = z.union([z.boolean(), z.stringbool()]).optional()

/** Keys that are about the request and no part of a definition: in the query, or beside a document. */
const OPTIONS = {
  branch: z.string().optional(),
  publish: Flag,
  include_xanoscript: Flag,
  include_draft: Flag,
} as const
const FLAGS = ['publish', 'include_xanoscript', 'include_draft'] as const

/**
 * True where a request brings a XanoScript document: as its body, or as the key `xanoscript` of a JSON body or a form,
 * which some clients send. A text in JSON is none.
 */
export function bringsDocument({ body, headers }: FastifyRequest): boolean {
  if (typeof body === 'string')
    return headers['content-type']?.trim().toLowerCase().startsWith(XANOSCRIPT_TYPE) === true
  return (body as { xanoscript?: unknown } | null | undefined)?.xanoscript !== undefined
}

/**
 * The body that has a document in its key `xanoscript`. Beside it may stand what the operation takes without a document
 * and the options of its query, nothing else. `name` may always, and the `path` of what has a verb.
 */
export function documentBody({ body, query }: Endpoint): z.ZodType {
  const settings = shapeOf(body)
  const options = Object.entries(OPTIONS).filter(([key]) => key in shapeOf(query))
  return z.strictObject({
    name: z.string().optional(),
    ...('verb' in settings ? { path: z.string().optional() } : {}),
    ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.optional()])),
    ...Object.fromEntries(options),
    xanoscript: z.string(),
  })
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  return schema instanceof z.ZodObject ? schema.shape : {}
}

/** The query with the options that stand beside a document; those go before what the query says. */
export function withOptions(query: object, beside: Record<string, unknown>): object {
  const flags = FLAGS.flatMap((key) => (beside[key] === undefined ? [] : [[key, String(beside[key])]]))
  return { ...query, ...(Object.fromEntries(flags) as object) }
}

/**
 * The query with the branch that a body names. A label goes before an empty one, wherever it stands; two labels must
 * be the same. Throws 400 naming `branch`.
 */
export function withBranch(query: object, body: unknown): object {
  const inBody = (body as { branch?: unknown } | null | undefined)?.branch
  const inQuery = (query as { branch?: unknown }).branch
  if (inBody === undefined || inBody === '') return query
  if (typeof inBody !== 'string')
    throw invalidInput('branch', 'Invalid value for param branch: not a text. Send the label of a branch')
  if (inQuery !== undefined && inQuery !== '' && inQuery !== inBody) {
    throw invalidInput('branch', 'The query and the body name different branches. Name one, or the same in both.')
  }
  return { ...query, branch: inBody }
}
