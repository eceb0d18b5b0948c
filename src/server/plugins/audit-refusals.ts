import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { ErrorReply } from '#api/contract/errors.ts'

import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { maskSecrets } from '../mask-secrets.ts'
import type { Append } from '../resources/audit-log/append.ts'
import type { AuditActor, NewAuditRecord } from '../resources/audit-log/new-record.ts'
import { createRefusalBudget, type Unrecorded } from '../resources/audit-log/refusal-budget.ts'
import { actorOf } from './audit-actor.ts'

/** The action of a record that stands for refused calls which were only counted. */
const COUNTED_ACTION = 'callsRefused'
const FLUSH_EVERY_MS = 15_000
/** The answer to whoever may do it and is asked who they are first: a step of doing it. A wrong proof is a refusal. */
const PROOF_ASKED_FOR = 'proof_required'

type RefusalDeps = Pick<Deps, 'connection' | 'now' | 'log'> & { append: Append }

interface Refused {
  status: number
  /** The body that is about to leave. */
  payload: unknown
}

/**
 * True for what somebody may not do, for a token that exists and is not let in, and for a sign-in (or the use of a link)
 * that did not succeed: by its status, or where the answer is a redirect, by the `outcome: 'failed'` that the handler
 * notes in the detail.
 */
export function isRefusal(
  { scope, method, audited }: Endpoint,
  status: number,
  { trail, bearer }: Pick<FastifyRequest, 'trail' | 'bearer'>,
): boolean {
  if (status === 403 || (status < 400 && trail.detail?.['outcome'] === 'failed')) return true
  if (status === 401 && bearer !== null) return true
  return scope === 'public' && (audited || method !== 'GET') && (status === 401 || status === 429)
}

/**
 * Makes the function that records a refused call. So many are recorded a minute; of the others one record tells how
 * many there were. A record that cannot be kept is no reason to answer otherwise: it is in the server's log.
 */
export function registerRefusals(
  app: FastifyInstance,
  deps: RefusalDeps,
): (request: FastifyRequest, endpoint: Endpoint, refused: Refused) => Promise<void> {
  const budget = createRefusalBudget()
  const attempt = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => deps.log.error({ err: error }, 'a refused call could not be recorded'))
  const flush = async (options?: { all: boolean }): Promise<void> => {
    const now = deps.now()
    for (const counted of budget.drain(now, options)) await attempt(deps.append(countedRecord(counted, now)))
  }
  const timer = setInterval(() => void flush(), FLUSH_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await flush({ all: true })
  })
  return async (request, endpoint, refused) => {
    if (reasonOf(refused.payload)['reason'] === PROOF_ASKED_FOR) return
    if (!budget.take(request.ip, refusedActor(request, endpoint), deps.now())) return
    await attempt(
      refusedRecord(deps.connection.db, request, endpoint, refused).then((record) =>
        deps.append({ ...record, at: deps.now() }),
      ),
    )
    await flush()
  }
}

/** As of whoever it was, where all were of one; else who they were stands in the detail. */
function countedRecord({ address, count, actors }: Unrecorded, at: Date): NewAuditRecord {
  const [only, ...others] = actors
  return {
    at,
    ...(only !== undefined && others.length === 0 ? only : { ...actorOf(null), actor_label: 'several callers' }),
    workspace_id: null,
    action: COUNTED_ACTION,
    outcome: 'refused',
    target: {},
    detail: { count, ...(others.length > 0 ? { callers: actors.map(({ actor_label }) => actor_label) } : {}) },
    address,
    request_id: '',
  }
}

/** What is open to everybody does not ask for the token: there it says nothing of who tried. */
function refusedActor({ caller, bearer }: FastifyRequest, { scope }: Endpoint): AuditActor {
  return actorOf(caller ?? (scope === 'public' ? null : bearer))
}

async function refusedRecord(
  db: Db,
  request: FastifyRequest,
  endpoint: Endpoint,
  { status, payload }: Refused,
): Promise<Omit<NewAuditRecord, 'at'>> {
  const { target, detail } = request.trail
  const isPublic = endpoint.scope === 'public'
  const isSignIn = isPublic && request.caller === null
  return {
    ...refusedActor(request, endpoint),
    workspace_id: workspaceOf(request),
    action: endpoint.id,
    outcome: 'refused',
    target: maskSecrets(target ?? (isSignIn ? await accountOf(db, request.body) : {})) as object,
    detail: {
      ...(maskSecrets(detail ?? {}) as object),
      status,
      ...reasonOf(payload),
      ...(endpoint.audited ? {} : { isReading: true }),
    },
    address: request.ip,
    request_id: request.id,
  }
}

/** From the address, as the guard refuses before it is parsed. */
function workspaceOf({ params, trail }: FastifyRequest): number | null {
  if (trail.workspaceId !== undefined) return trail.workspaceId
  const text = (params as Record<string, string | undefined>)['workspace_id'] ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

/** Whose account was tried. What is no account's address is not kept: people type passwords into the wrong field. */
async function accountOf(db: Db, body: unknown): Promise<Record<string, unknown>> {
  const email: unknown = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined
  if (typeof email !== 'string') return {}
  const wanted = email.trim().toLowerCase()
  const user = await db.selectFrom('user').select(['id', 'email']).where('email', '=', wanted).executeTakeFirst()
  return user === undefined ? { kind: 'user' } : { kind: 'user', id: user.id, name: user.email }
}

/** What the answer says of the reason, without its sentence. */
function reasonOf(payload: unknown): Record<string, unknown> {
  if (typeof payload !== 'string') return {}
  try {
    const said = ErrorReply.parse(JSON.parse(payload)).payload ?? {}
    return Object.fromEntries(
      ['reason', 'scope', 'role'].flatMap((key) => (typeof said[key] === 'string' ? [[key, said[key]]] : [])),
    )
  } catch {
    return {}
  }
}
