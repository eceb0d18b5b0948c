import { createHash } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'

import type { Db } from '../db/connection.ts'
import type { IdempotencyTable } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError, invalidInput } from '../errors.ts'
import { dataSourceOf } from '../route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request's answer is remembered under; null where it is not. */
    idempotency: { caller: string; key: string } | null
    /** True where an earlier answer is sent again: nothing was done, so nothing is recorded. */
    isReplay: boolean
  }
}

/** How long an answer is remembered. */
const KEPT_MS = 24 * 3_600_000
/** After this long without an answer the process that worked on it is taken for dead. */
const ABANDONED_MS = 15 * 60_000
const KEY_FORM = /^[\x21-\x7E]{1,255}$/
/** Headers that belong to the answer itself. */
const KEPT_HEADERS = ['content-type', 'etag']
const RETRY_SECONDS = 2

/**
 * `Idempotency-Key` on a POST of the Metadata API: the first answer is remembered for 24 hours and sent again
 * (with `Idempotency-Replayed: true`) for every repetition by the same caller. Failures of the server itself are not
 * remembered, so that a repetition tries again. The same key with another request is refused with 409.
 */
export function registerIdempotency(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  app.decorateRequest('idempotency', null)
  app.decorateRequest('isReplay', false)
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request)
    if (key === undefined || request.caller === null) return
    const caller = `${request.caller.kind} ${request.caller.id}`
    const known = await claim(db, { caller, key, fingerprint: fingerprintOf(request) }, now())
    if (known === undefined) {
      request.idempotency = { caller, key }
      return
    }
    return replay(request, reply, known)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.idempotency !== null && (payload === null || typeof payload === 'string')) {
      await remember(db, request.idempotency, reply, payload ?? '')
    }
    return payload
  })
}

function keyOf(request: FastifyRequest): string | undefined {
  const endpoint = request.routeOptions.config.endpoint
  const header = request.headers['idempotency-key']
  if (header === undefined || endpoint === undefined) return undefined
  if (endpoint.method !== 'POST' || endpoint.replyKind === 'stream' || !endpoint.path.startsWith('/api:meta'))
    return undefined
  const key = Array.isArray(header) ? (header[0] ?? '') : header
  if (!KEY_FORM.test(key)) {
    throw invalidInput('Idempotency-Key', 'The Idempotency-Key is 1 to 255 visible ASCII characters, such as a uuid.')
  }
  return key
}

/** Bodies that are read as a stream count by their length only: reading them here would take them from the handler. */
function fingerprintOf(request: FastifyRequest): string {
  const body = request.body === undefined ? (request.headers['content-length'] ?? '') : JSON.stringify(request.body)
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, dataSourceOf(request)]))
    .update(body)
    .digest('hex')
}

type Row = Selectable<IdempotencyTable>

/** Takes the key for this request, or tells what is known under it. Throws 409 where it cannot be used. */
async function claim(
  db: Db,
  wanted: Pick<Row, 'caller' | 'key' | 'fingerprint'>,
  now: Date,
): Promise<(Row & { status: number }) | undefined> {
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  await db.deleteFrom('idempotency').where('created_at', '<', before(KEPT_MS)).execute()
  await db
    .deleteFrom('idempotency')
    .where('caller', '=', wanted.caller)
    .where('key', '=', wanted.key)
    .where('status', 'is', null)
    .where('created_at', '<', before(ABANDONED_MS))
    .execute()
  const taken = await db
    .insertInto('idempotency')
    .values({ ...wanted, status: null, headers: null, body: null, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (taken !== undefined) return undefined
  const row = await db
    .selectFrom('idempotency')
    .selectAll()
    .where('caller', '=', wanted.caller)
    .where('key', '=', wanted.key)
    .executeTakeFirst()
  if (row !== undefined && row.fingerprint !== wanted.fingerprint) {
    throw new AppError(
      'conflict',
      'This Idempotency-Key was used for another request. Use a new key for each request.',
      {
        payload: { reason: 'idempotency_key_reused' },
      },
    )
  }
  if (row === undefined || row.status === null) {
    throw new AppError(
      'conflict',
      'The first request with this Idempotency-Key is still being worked on. Try again soon.',
      {
        payload: { reason: 'in_progress' },
        retryAfterSeconds: RETRY_SECONDS,
      },
    )
  }
  return { ...row, status: row.status }
}

function replay(request: FastifyRequest, reply: FastifyReply, known: Row & { status: number }): FastifyReply {
  request.isReplay = true
  return reply
    .status(known.status)
    .headers({ ...known.headers, 'idempotency-replayed': 'true' })
    .send(known.body ?? '')
}

async function remember(
  db: Db,
  place: { caller: string; key: string },
  reply: FastifyReply,
  body: string,
): Promise<void> {
  const { caller, key } = place
  if (reply.statusCode >= 500) {
    await db.deleteFrom('idempotency').where('caller', '=', caller).where('key', '=', key).execute()
    return
  }
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name)
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
  await db
    .updateTable('idempotency')
    .set({ status: reply.statusCode, headers: JSON.stringify(headers), body })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .execute()
}
