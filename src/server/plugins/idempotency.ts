import { createHash } from 'node:crypto'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'

import { takesIdempotencyKey } from '#api/contract/endpoint.ts'

import type { Db } from '../db/connection.ts'
import type { IdempotencyTable } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError, invalidInput } from '../errors.ts'
import { dataSourceOf } from '../route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request's answer is remembered under, and what keeps it claimed; null where it is not. */
    idempotency: { caller: string; key: string; renewing: NodeJS.Timeout } | null
    /** True where an earlier answer is sent again: nothing was done, so nothing is recorded. */
    isReplay: boolean
  }
}

/** How long an answer is remembered. */
const KEPT_MS = 24 * 3_600_000
/** A request that is worked on says so this often; after three times as long its process is taken for dead. */
const RENEW_MS = 60_000
const ABANDONED_MS = 3 * RENEW_MS
/** Longest answer that is kept, in characters; the ids of a hundred thousand rows are less. */
const KEPT_MAX = 1_048_576
const KEY_FORM = /^[\x21-\x7E]{1,255}$/
/** Headers that belong to the answer itself. */
const KEPT_HEADERS = ['content-type', 'etag']
const RETRY_SECONDS = 2

/**
 * `Idempotency-Key` on a POST of the Metadata API: the first answer is remembered for 24 hours and sent again
 * (with `Idempotency-Replayed: true`) for every repetition by the same caller. Failures of the server itself are not
 * remembered, so that a repetition tries again. The same key with another request is refused with 409. Searches change
 * nothing: repeating one is safe as it is, and they are answered anew. Of an upload only the length is compared.
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
      const renewing = setInterval(() => void renew(db, { caller, key }, now()), RENEW_MS)
      reply.raw.once('close', () => clearInterval(renewing))
      request.idempotency = { caller, key, renewing }
      return
    }
    return replay(request, reply, known)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.idempotency !== null && (payload === null || typeof payload === 'string')) {
      clearInterval(request.idempotency.renewing)
      // A body that broke off was no request: sending it again must not be answered with that.
      const isTorn = request.raw.destroyed && !request.raw.complete
      await remember(db, request.idempotency, isTorn ? null : reply, payload ?? '')
    }
    return payload
  })
}

function keyOf(request: FastifyRequest): string | undefined {
  const endpoint = request.routeOptions.config.endpoint
  const header = request.headers['idempotency-key']
  if (header === undefined || endpoint === undefined || !takesIdempotencyKey(endpoint)) return undefined
  const key = Array.isArray(header) ? (header[0] ?? '') : header
  if (!KEY_FORM.test(key)) {
    throw invalidInput('Idempotency-Key', 'The Idempotency-Key is 1 to 255 visible ASCII characters, such as a uuid.')
  }
  if (endpoint.bodyKind === 'form' && request.headers['content-length'] === undefined) {
    throw invalidInput('Idempotency-Key', 'An upload with an Idempotency-Key needs a Content-Length header.')
  }
  return key
}

async function renew(db: Db, place: { caller: string; key: string }, now: Date): Promise<void> {
  const { caller, key } = place
  const claimed = db.updateTable('idempotency').set({ created_at: now }).where('caller', '=', caller)
  // A missed renewal is made up by the next one.
  await claimed
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
    .catch(() => undefined)
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
  if (known.body === null) {
    throw new AppError(
      'conflict',
      `The first request with this Idempotency-Key was done and answered ${known.status}; that answer was too large to keep.`,
      { payload: { reason: 'answer_not_kept' } },
    )
  }
  return reply
    .status(known.status)
    .headers({ ...known.headers, 'idempotency-replayed': 'true' })
    .send(known.body)
}

async function remember(
  db: Db,
  place: { caller: string; key: string },
  reply: FastifyReply | null,
  body: string,
): Promise<void> {
  const { caller, key } = place
  if (reply === null || reply.statusCode >= 500) {
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
    .set({
      status: reply.statusCode,
      headers: JSON.stringify(headers),
      body: body.length > KEPT_MAX ? null : body,
    })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .execute()
}
