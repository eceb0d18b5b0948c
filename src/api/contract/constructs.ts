import { z } from 'zod'

import { createOptions, DOCUMENT_MAX_BYTES } from './construct-fields.ts'
import { Empty, endpoint, QueryBoolean } from './endpoint.ts'
import { DraftListQuery, pageSimple } from './paging.ts'

/**
 * Whether what is sent becomes what is in force. Where it is not said, documents are published; settings apply to the
 * published text, and to a draft beside it, which stays a draft.
 */
export const PublishQuery = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((text) => (text === undefined || text === '' ? undefined : text === 'true' || text === '1'))

export const TextQuery = z.object({ include_xanoscript: QueryBoolean })
const ReadQuery = TextQuery.extend({ include_draft: QueryBoolean })
export const CreateQuery = TextQuery.extend({ branch: z.string().default('') })
const UpdateQuery = TextQuery.extend({ publish: PublishQuery })

/** `guid` tells constructs apart across branches and imports. */
export const SetGuid = z.strictObject({ guid: z.string(), ...createOptions })

/** The body of operations that take a XanoScript document and no JSON settings. */
export const documentOnly = z.undefined()

interface KindInput<
  Place extends z.ZodType,
  Path extends z.ZodType,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
> {
  /** Start of the operations' ids: `function` gives `functionList`. */
  id: string
  /** In summaries: "One function", "List functions". */
  noun: string
  nouns: string
  /** From the origin: `/api:meta/workspace/{workspace_id}/function`. */
  path: string
  /** Name of the id in the path: `function_id`. */
  idParam: string
  scope: 'workspace:api' | 'workspace:function' | 'workspace:task' | 'workspace:addon' | 'workspace:database'
  /** The path's parameters without and with the construct's id. */
  place: Place
  one: Path
  item: Item
  /** JSON bodies; `documentOnly` where the kind has none. */
  create: Create
  update: Update
}

/** The six operations that kinds with drafts share: list, create, get, update, delete, set the guid. */
export function constructEndpoints<
  Place extends z.ZodType,
  Path extends z.ZodType,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(kind: KindInput<Place, Path, Item, Create, Update>) {
  return { ...readEndpoints(kind), ...writeEndpoints(kind) }
}

function readEndpoints<Place extends z.ZodType, Path extends z.ZodType, Item extends z.ZodType>(
  kind: KindInput<Place, Path, Item, z.ZodType, z.ZodType>,
) {
  return {
    list: endpoint({
      id: `${kind.id}List`,
      summary: `List ${kind.nouns}`,
      method: 'GET',
      path: kind.path,
      scope: `${kind.scope}:read`,
      params: kind.place,
      query: DraftListQuery,
      reply: pageSimple(kind.item),
    }),
    get: endpoint({
      id: `${kind.id}Get`,
      summary: `One ${kind.noun}`,
      method: 'GET',
      path: `${kind.path}/{${kind.idParam}}`,
      scope: `${kind.scope}:read`,
      params: kind.one,
      query: ReadQuery,
      reply: kind.item,
    }),
  }
}

function writeEndpoints<
  Place extends z.ZodType,
  Path extends z.ZodType,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(kind: KindInput<Place, Path, Item, Create, Update>) {
  const path = `${kind.path}/{${kind.idParam}}`
  return {
    create: endpoint({
      id: `${kind.id}Create`,
      summary: `New ${kind.noun}`,
      method: 'POST',
      path: kind.path,
      scope: `${kind.scope}:create`,
      changes: ['constructs'],
      params: kind.place,
      query: CreateQuery,
      body: kind.create,
      takesXanoScript: true,
      bodyLimitBytes: DOCUMENT_MAX_BYTES,
      reply: kind.item,
    }),
    /** What JSON leaves out stays, and publishes no draft unless it says so; a document replaces the whole text. */
    update: endpoint({
      id: `${kind.id}Update`,
      summary: `Change one ${kind.noun}, published or as a draft`,
      method: 'PUT',
      path,
      scope: `${kind.scope}:update`,
      changes: ['constructs'],
      params: kind.one,
      query: UpdateQuery,
      body: kind.update,
      takesXanoScript: true,
      bodyLimitBytes: DOCUMENT_MAX_BYTES,
      reply: kind.item,
    }),
    remove: endpoint({
      id: `${kind.id}Delete`,
      summary: `Delete one ${kind.noun}`,
      method: 'DELETE',
      path,
      scope: `${kind.scope}:delete`,
      changes: ['constructs'],
      params: kind.one,
      reply: Empty,
    }),
    security: endpoint({
      id: `${kind.id}UpdateSecurity`,
      summary: `Set the guid of one ${kind.noun}`,
      method: 'PUT',
      path: `${path}/security`,
      scope: `${kind.scope}:update`,
      changes: ['constructs'],
      params: kind.one,
      body: SetGuid,
      reply: kind.item,
    }),
  }
}
