import { z } from 'zod'

import { AuditType } from './audit-log.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { Moment } from './moments.ts'
import { wholeNumber } from './numbers.ts'
import { cursorPage, CursorQuery } from './paging.ts'

/**
 * `refused`: a call that was not allowed (403), or a sign-in that failed; nothing was done. `interrupted`: the operation
 * ended before it was recorded as done, and it is not known whether it took effect. `detail.reason` says how: its process
 * died (`process_ended`), or it failed unexpectedly (`failed`). `at` is when that was noticed; `detail.begunAt`, when the
 * operation began. Should it have gone on after all, a record with the same request id says that it is done.
 */
export const AuditOutcome = z.enum(['done', 'refused', 'interrupted'])

/** What a record is about, so that a page can link to it. It may be gone by now. */
export const AuditLink = z.object({
  /** Such as `workspace`, `table`, `api_group`, `token`, `backup`, or a kind of construct. */
  kind: z.string(),
  id: z.union([z.number().int(), z.string()]),
  /** The workspace that it lies in; null where it lies in none. */
  workspaceId: z.number().int().nullable(),
})
export type AuditLink = z.infer<typeof AuditLink>

const Facts = z.record(z.string(), z.unknown())

/** One record of the chain. Never rows; secrets are masked. */
export const AuditEntry = z.object({
  id: z.number().int(),
  /** Its place in the chain, from 1 without gaps. */
  sequence: z.number().int(),
  at: z.iso.datetime(),
  outcome: AuditOutcome,
  type: AuditType,
  /** The operation's id, such as `tableUpdate`; `callsRefused` for refused calls that were only counted. */
  action: z.string(),
  /** The record as a sentence. */
  message: z.string(),
  actor: z.object({
    kind: z.enum(['session', 'token', 'system']),
    id: z.number().int().nullable(),
    /** The person's e-mail address; name, prefix and last four of a token. */
    label: z.string(),
    /** Who was signed in, or who made the token; null where nobody is known. */
    person: z.object({ id: z.number().int(), email: z.string().nullable() }).nullable(),
  }),
  target: z
    .object({ kind: z.string(), id: z.union([z.number(), z.string()]).nullable(), name: z.string().nullable() })
    .nullable(),
  /** Null where the record is of no single thing, or of one that this very write deleted. */
  link: AuditLink.nullable(),
  workspace: z.object({ id: z.number().int(), name: z.string().nullable() }).nullable(),
  /** What was different before and after; null where it is not noted, or was not there. */
  before: Facts.nullable(),
  after: Facts.nullable(),
  /** What else was noted; of a refusal its `status`, `reason` and missing `scope`. */
  detail: Facts,
  address: z.string(),
  requestId: z.string(),
  /** SHA-256 in hex, of the record before and of this one (docs/decisions/0014-audit-chain.md). */
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const Text = z.string().trim().min(1).max(200)

/** What a list or an export is cut to; all that is given must hold. */
export const AuditFilter = z.object({
  outcome: AuditOutcome.optional(),
  type: AuditType.optional(),
  /** An operation's id. */
  action: Text.optional(),
  actorKind: z.enum(['session', 'token', 'system']).optional(),
  actorId: IdParam.optional(),
  /** Id of the person who was signed in, or who made the token. */
  personId: IdParam.optional(),
  /** Part of the actor's label or e-mail address, in any case. */
  actor: Text.optional(),
  targetKind: Text.optional(),
  targetId: Text.optional(),
  workspaceId: IdParam.optional(),
  /** From this moment on, and before that one. */
  from: Moment.optional(),
  to: Moment.optional(),
  /** Part of the actor, the operation, the target's name, the address or the request id, in any case. */
  text: Text.optional(),
})
export type AuditFilter = z.output<typeof AuditFilter>

/**
 * Newest first. Who holds `workspace:log:read` sees the records of the workspaces in reach (owners and admins who reach
 * all of them, also those of no workspace); everybody sees their own.
 */
export const listAudit = endpoint({
  id: 'auditList',
  method: 'GET',
  path: '/api:console/audit',
  scope: 'any',
  query: AuditFilter.extend(CursorQuery.shape),
  reply: cursorPage(AuditEntry),
})

/** Records an export holds at most; a longer one goes on with `after`. */
export const AUDIT_EXPORT_MAX = 10_000_000

/**
 * What `listAudit` lists as a file, oldest first, up to the moment of the call: JSON lines of `AuditEntry`, or CSV with
 * a header. `after` is the sequence that the one before ended with.
 */
export const exportAudit = endpoint({
  id: 'auditExport',
  method: 'GET',
  path: '/api:console/audit/export',
  scope: 'any',
  audited: true,
  query: AuditFilter.extend({
    format: z.enum(['ndjson', 'csv']).default('ndjson'),
    after: wholeNumber(0).default(0),
    limit: wholeNumber(1, AUDIT_EXPORT_MAX).default(AUDIT_EXPORT_MAX),
  }),
  reply: z.unknown(),
  replyKind: 'stream',
})

/** The end of the chain. Noted elsewhere, it shows later that the chain was neither cut off nor written anew. */
export const AuditHead = z.object({
  /** 0 in an empty log. */
  sequence: z.number().int(),
  /** SHA-256 in hex of the last record; zeros in an empty log. */
  hash: z.string(),
  at: z.iso.datetime().nullable(),
})
export type AuditHead = z.infer<typeof AuditHead>

/** For owners and admins, and their tokens with `workspace:log:read` for all workspaces. */
export const getAuditHead = endpoint({
  id: 'auditHead',
  method: 'GET',
  path: '/api:console/audit/head',
  scope: 'workspace:log:read',
  role: 'admin',
  reply: AuditHead,
})

/**
 * `changed`: what a record says is not what was written. `missing`: numbers are left out. `order`: a record names
 * another one before it, or shares its number. `cut_off`: the noted head lies beyond the end. `rewritten`: at the noted
 * head stands another record.
 */
export const AuditBreak = z.object({
  reason: z.enum(['changed', 'missing', 'order', 'cut_off', 'rewritten']),
  /** Where in the chain. */
  sequence: z.number().int(),
  /** The record; null where it is not there. */
  id: z.number().int().nullable(),
  why: z.string(),
})
export type AuditBreak = z.infer<typeof AuditBreak>

export const AuditVerification = z.object({
  ok: z.boolean(),
  /** Records that were read: all, or up to the first that is broken. */
  records: z.number().int(),
  /** Times of the first and the last of them; null in an empty log. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  /** The last record that holds. */
  head: AuditHead,
  firstBroken: AuditBreak.nullable(),
})
export type AuditVerification = z.infer<typeof AuditVerification>

const HEAD_HASH = 'not the hash of a head. Send the 64 hexadecimal digits that were noted with it'

/** Reads the whole chain and computes it anew. Who may: as `getAuditHead`. Leaves no record, as it changes nothing. */
export const verifyAudit = endpoint({
  id: 'auditVerify',
  method: 'POST',
  path: '/api:console/audit/verify',
  scope: 'workspace:log:read',
  role: 'admin',
  audited: false,
  body: z.strictObject({
    /**
     * A head that was noted before, as `getAuditHead` told it; its time is not compared. That of an empty log proves
     * nothing, and is refused.
     */
    head: z
      .strictObject({
        sequence: wholeNumber(1),
        hash: z.string().regex(/^[\da-f]{64}$/i, HEAD_HASH),
        at: Moment.nullish(),
      })
      .optional(),
  }),
  bodyOptional: true,
  reply: AuditVerification,
})
