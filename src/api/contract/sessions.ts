import { z } from 'zod'

import { endpoint, IdParam, QueryBoolean } from './endpoint.ts'
import { cursorPage, CursorQuery } from './paging.ts'

/** A session that is open. */
export const OpenSession = z.object({
  /** Names the session; no secret. */
  id: z.number().int(),
  user: z.object({ id: z.number().int(), name: z.string(), email: z.string() }),
  /** Where it was signed in from. */
  address: z.string(),
  /** In words: "Firefox 145 on Linux". */
  browser: z.string(),
  createdAt: z.iso.datetime(),
  /** Written at most once a minute. */
  lastSeenAt: z.iso.datetime(),
  /** When it ends, unless it is idle for too long before. */
  expiresAt: z.iso.datetime(),
  /** True for the one that asks. */
  current: z.boolean(),
})
export type OpenSession = z.infer<typeof OpenSession>

/** Mine; with `all` those of everybody, for owners and admins. Newest first. */
export const listSessions = endpoint({
  id: 'sessionList',
  method: 'GET',
  path: '/api:console/sessions',
  scope: 'session',
  query: CursorQuery.extend({ all: QueryBoolean }),
  reply: cursorPage(OpenSession),
})

/** Mine, or for owners and admins anybody's; those of owners only by owners. */
export const endSession = endpoint({
  id: 'sessionEnd',
  method: 'DELETE',
  path: '/api:console/sessions/{id}',
  scope: 'session',
  changes: ['members'],
  params: z.object({ id: IdParam }),
  reply: z.null(),
})

/** Ends all of mine but this one. */
export const endOtherSessions = endpoint({
  id: 'sessionEndOthers',
  method: 'DELETE',
  path: '/api:console/sessions',
  scope: 'session',
  changes: ['members'],
  reply: z.object({ ended: z.number().int() }),
})

const MINUTE = 60
const DAY = 86_400

/** How long a session lasts: without a request, and from sign-in on. */
export const SessionPolicy = z
  .strictObject({
    idleSeconds: z
      .number()
      .int()
      .min(5 * MINUTE, 'At least 5 minutes')
      .max(30 * DAY, 'At most 30 days'),
    lifeSeconds: z
      .number()
      .int()
      .min(60 * MINUTE, 'At least an hour')
      .max(90 * DAY, 'At most 90 days'),
  })
  .refine(({ idleSeconds, lifeSeconds }) => idleSeconds <= lifeSeconds, {
    path: ['idleSeconds'],
    message: 'A session cannot be idle for longer than it lasts',
  })
export type SessionPolicy = z.infer<typeof SessionPolicy>

/** What holds until an owner says otherwise. */
export const SESSION_POLICY_DEFAULT: SessionPolicy = { idleSeconds: DAY, lifeSeconds: 7 * DAY }

export const getSessionPolicy = endpoint({
  id: 'sessionPolicyGet',
  method: 'GET',
  path: '/api:console/session-policy',
  scope: 'session',
  role: 'admin',
  reply: SessionPolicy,
})

/** Shorter times end open sessions at once; a longer life holds for sessions made from then on. */
export const updateSessionPolicy = endpoint({
  id: 'sessionPolicyUpdate',
  method: 'PUT',
  path: '/api:console/session-policy',
  scope: 'session',
  role: 'owner',
  body: SessionPolicy,
  reply: SessionPolicy,
})
