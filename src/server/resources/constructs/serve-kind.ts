import type { FastifyInstance } from 'fastify'

import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { changed as changedContent } from '../../trail.ts'
import { sendVersion } from '../../versions.ts'
import { activate } from './activate.ts'
import { contentOf, noteOf, removeConstruct, targetOf } from './change-construct.ts'
import { createFromSettings, createFromText } from './create-construct.ts'
import type { Kind, ReadOptions } from './kind.ts'
import { readConstructAt, readPlace } from './place.ts'
import { presentConstruct, presentConstructs } from './present.ts'
import { setGuid } from './set-guid.ts'
import { type ConstructRow, pageConstructs } from './store.ts'
import { updateFromSettings, updateFromText } from './update-construct.ts'

type KindDeps = Pick<Deps, 'connection' | 'now'>
type Versioned = Parameters<typeof sendVersion>[0]

/** Serves the operations of one kind. */
export function serveKind(app: FastifyInstance, deps: KindDeps, kind: Kind): void {
  serveReads(app, deps, kind)
  serveCreate(app, deps, kind)
  serveUpdate(app, deps, kind)
  serveDelete(app, deps, kind)
  serveSecurity(app, deps, kind)
  serveActivate(app, deps, kind)
}

function serveReads(app: FastifyInstance, { connection: { db } }: KindDeps, kind: Kind): void {
  const { list, get } = kind.endpoints
  if (list !== undefined) {
    serve(app, list, async ({ params, query }) => {
      const place = await readPlace(db, params, query.branch, { hold: false })
      const { rows, hasMore } = await pageConstructs(db, kind.kind, place, query)
      return {
        curPage: query.page,
        nextPage: hasMore ? query.page + 1 : null,
        prevPage: query.page > 1 ? query.page - 1 : null,
        items: await presentConstructs(db, kind, params.workspace_id, rows, query),
      }
    })
  }
  serve(app, get, async (input) => {
    const row = await readConstructAt(db, kind, input.params, { lock: false })
    sendVersion(input, contentOf(row))
    return presentConstruct(db, kind, row, input.query)
  })
}

function serveCreate(app: FastifyInstance, { connection: { db }, now }: KindDeps, kind: Kind): void {
  serve(
    app,
    kind.endpoints.create,
    async (input) => {
      const { params, query, body = noSettings() } = input
      const place = { params, branch: query.branch ?? '', now: now() }
      const row = await createFromSettings(db, kind, place, body)
      noteCreation(input, row)
      return presentConstruct(db, kind, row, orAsked(query, body))
    },
    async (input) => {
      const { params, query } = input
      const row = await createFromText(db, kind, { params, branch: query.branch ?? '', now: now() }, input)
      noteCreation(input, row)
      return presentConstruct(db, kind, row, query)
    },
  )
}

/**
 * The answer shows what was written: the draft, where it is not to be published. In the audit record `published` says
 * whether what was sent is in force.
 */
function serveUpdate(app: FastifyInstance, { connection: { db }, now }: KindDeps, kind: Kind): void {
  serve(
    app,
    kind.endpoints.update,
    async (input) => {
      const { params, query, request, body = noSettings() } = input
      const publish = body.publish ?? query.publish
      const write = { params, request, publish, now: now() }
      const { row, changed } = await updateFromSettings(db, kind, write, body)
      noteWrite(input, row, { changed, published: publish !== false })
      return presentConstruct(db, kind, row, { ...orAsked(query, body), include_draft: publish === false })
    },
    async (input) => {
      const { params, query, request } = input
      const publish = query.publish ?? true
      const row = await updateFromText(db, kind, { params, request, publish, now: now() }, input)
      noteWrite(input, row, { published: publish })
      return presentConstruct(db, kind, row, { ...query, include_draft: !publish })
    },
  )
}

function serveDelete(app: FastifyInstance, { connection: { db }, now }: KindDeps, kind: Kind): void {
  serve(app, kind.endpoints.remove, async ({ params, request, trail }) => {
    const row = await removeConstruct(db, kind, { params, request, now: now() })
    trail.target = targetOf(row)
    return null
  })
}

function serveSecurity(app: FastifyInstance, { connection: { db }, now }: KindDeps, kind: Kind): void {
  const { security } = kind.endpoints
  if (security === undefined) return
  serve(app, security, async (input) => {
    const { params, request, body } = input
    const row = await setGuid(db, kind, { params, request, now: now() }, body.guid)
    noteWrite(input, row, { changed: ['guid'] })
    return presentConstruct(db, kind, row, { include_xanoscript: body.include_xanoscript ?? false })
  })
}

function serveActivate(app: FastifyInstance, { connection: { db }, now }: KindDeps, kind: Kind): void {
  if (kind.endpoints.activate === undefined) return
  serve(app, kind.endpoints.activate, async (input) => {
    const { params, request, body } = input
    const row = await activate(db, kind, { params, request, now: now() }, body.active)
    noteWrite(input, row, { changed: ['active'] })
    return presentConstruct(db, kind, row, { include_xanoscript: false })
  })
}

function noteCreation(input: Versioned, row: ConstructRow): void {
  noteWrite(input, row)
  Object.assign(input.trail, changedContent(null, noteOf(row)))
}

/** Tells the audit record what was written, and the caller which version it is now. */
function noteWrite(input: Versioned, row: ConstructRow, detail?: Record<string, unknown>): void {
  input.trail.target = targetOf(row)
  if (detail !== undefined) input.trail.detail = detail
  sendVersion(input, contentOf(row))
}

function orAsked(query: ReadOptions, body: { include_xanoscript?: boolean | undefined }): ReadOptions {
  return { include_xanoscript: query.include_xanoscript || body.include_xanoscript === true }
}

/** For kinds that have a document only. */
function noSettings(): never {
  throw new AppError(
    'invalid_input',
    'Missing param: xanoscript. Send the document as text/x-xanoscript, or as the JSON key xanoscript.',
    { payload: { param: 'xanoscript' } },
  )
}
