import type { z } from 'zod'

import type { SetAuth } from '#api/contract/apis.ts'
import type { constructFields, SetCache } from '#api/contract/construct-fields.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import type { ConstructHeader } from '#xanoscript/construct-header.ts'
import type { ConstructKind, QueryVerb } from '#xanoscript/construct-kinds.ts'

import type { ConstructRow, PageOptions } from './store.ts'

/** Every key that a JSON body of any kind may have; the contract says which kind has which. */
export interface Settings {
  name?: string | undefined
  verb?: QueryVerb | undefined
  description?: string | undefined
  docs?: string | undefined
  tag?: string[] | null | undefined
  active?: boolean | undefined
  datasource?: string | undefined
  auth?: SetAuth | undefined
  cache?: SetCache | undefined
  branch?: string | undefined
  include_xanoscript?: boolean | undefined
  publish?: boolean | undefined
}

/** The ids in a path. A query's has `apigroup_id` too; each kind has a name of its own for its id. */
export type PathIds = Record<string, number> & { workspace_id: number }

interface TextQuery {
  include_xanoscript: boolean
}
export interface ReadOptions extends TextQuery {
  include_draft?: boolean | undefined
}
/** Lists of kinds without drafts or order leave out what they lack. */
export type ListOptions = PageOptions & ReadOptions & { branch: string }

type Of<Query, Body = undefined> = Endpoint<z.ZodType<PathIds>, z.ZodType<Query>, z.ZodType<Body>>

/** The operations of one kind. Kinds without drafts have no `security`, only tasks are switched on and off, an alias has no `list`. */
export interface KindEndpoints {
  list?: Of<ListOptions>
  create: Of<TextQuery & { branch?: string | undefined }, Settings | undefined>
  get: Of<ReadOptions>
  update: Of<TextQuery & { publish?: boolean | undefined }, Settings | undefined>
  remove: Of<unknown>
  activate?: Of<unknown, { active: boolean }>
  security?: Of<unknown, { guid: string; include_xanoscript?: boolean | undefined }>
}

/** What a presenter may look up. */
export interface PresentContext {
  row: ConstructRow
  /** Ids of the workspace's tables by name in lower case; empty unless the kind `refersToTables`. */
  tables: ReadonlyMap<string, number>
}

/** One kind of construct: what the shared operations must be told. */
export interface Kind {
  kind: ConstructKind
  /** In messages: "The function 12". */
  noun: string
  /** Name of the id in the path. */
  idParam: string
  endpoints: KindEndpoints
  refersToTables?: boolean
  /** What the kind answers beyond the fields that all have. */
  present: (header: ConstructHeader, context: PresentContext) => object
}

/** The keys of an answer that its presenter adds. */
export type Extra<Item> = Omit<Item, keyof typeof constructFields>
