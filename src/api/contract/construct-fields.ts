import { z } from 'zod'

import { list } from './list.ts'
import { MetaTime } from './names.ts'

/** The text of a definition, present where `include_xanoscript` asks for it. `message`: why it cannot be read. */
export const XanoScriptValue = z.object({
  status: z.enum(['ok', 'error']),
  value: z.string(),
  message: z.string().optional(),
})

/** What every construct answers, whatever its kind. */
export const constructFields = {
  id: z.number().int(),
  created_at: MetaTime.optional(),
  updated_at: MetaTime.optional(),
  name: z.string(),
  description: z.string().optional(),
  guid: z.string().optional(),
  /** Label of the branch it belongs to. */
  branch: z.string().optional(),
  tag: z.array(z.string()).optional(),
  xanoscript: XanoScriptValue.optional(),
}

/**
 * Largest XanoScript document in bytes, and largest JSON body that says the same. What a document may hold, settings
 * may hold too, so that what was read can be sent back: no text or list in them has a limit of its own.
 */
export const DOCUMENT_MAX_BYTES = 4 * 1_048_576

export const Description = z.string()
export const Docs = z.string()
export const Tags = list(z.string()).nullish()

/** Keys of JSON bodies that are about the request and not about the construct. */
export const createOptions = { include_xanoscript: z.boolean().optional() }
export const updateOptions = { ...createOptions, publish: z.boolean().optional() }

/** How long an answer is reused, and what tells answers apart. `ttl` in seconds. */
const cacheFields = {
  input: z.boolean(),
  auth: z.boolean(),
  datasource: z.boolean(),
  ip: z.boolean(),
  headers: z.array(z.string()),
  env: z.array(z.string()),
}
export const Cache = z.object({ active: z.boolean(), ttl: z.number().int(), ...cacheFields })
export type Cache = z.infer<typeof Cache>

/** What a cache is that was never set: switched off. */
export const CACHE_DEFAULT: Cache = {
  active: false,
  ttl: 3_600,
  input: true,
  auth: true,
  datasource: true,
  ip: false,
  headers: [],
  env: [],
}

/** What is left out has the default above; `active` left out is true where a `ttl` above 0 is sent. */
export const SetCache = z.strictObject({
  active: z.boolean().optional(),
  ttl: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
  input: z.boolean().optional(),
  auth: z.boolean().optional(),
  datasource: z.boolean().optional(),
  ip: z.boolean().optional(),
  headers: list(z.string()).optional(),
  env: list(z.string()).optional(),
})
export type SetCache = z.infer<typeof SetCache>

/** One input of a query or a function, in the keys that columns of tables have. */
export interface ConstructInput {
  name: string
  type: string
  description: string
  nullable: boolean
  required: boolean
  /** Null where none is set; `now` is the moment of the call. */
  default: string | number | boolean | null
  style: 'single' | 'list'
  sensitive: boolean
  /** Choices of an enum. */
  values?: string[] | undefined
  /** Name of the table that the input refers to. */
  table?: string | undefined
  /** Inputs of an object. */
  children?: ConstructInput[] | undefined
}
export const ConstructInput: z.ZodType<ConstructInput> = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  nullable: z.boolean(),
  required: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  style: z.enum(['single', 'list']),
  sensitive: z.boolean(),
  values: z.array(z.string()).optional(),
  table: z.string().optional(),
  get children() {
    return z.array(ConstructInput).optional()
  },
})
