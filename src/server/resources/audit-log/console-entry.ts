import type { AuditEntry, AuditLink } from '#api/contract/audit-console.ts'

import type { AuditOutcome } from '../../db/tables.ts'
import type { AuditRow } from './audit-view.ts'

/** What the console's list needs of a record beside what the Metadata API tells. */
export interface ConsoleRow extends AuditRow {
  sequence: number
  hash: Buffer
  previous_hash: Buffer
  outcome: AuditOutcome
  action: string
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  actor: string
  person_id: number | null
  person_email: string | null
  target: Record<string, unknown>
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  address: string
  request_id: string
}

/** A record as the console gets it. */
export function toEntry(row: ConsoleRow): AuditEntry {
  return {
    id: row.id,
    sequence: row.sequence,
    at: row.created_at.toISOString(),
    outcome: row.outcome,
    type: row.type,
    action: row.action,
    message: row.msg,
    actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor, person: personOf(row) },
    target: targetOf(row),
    link: linkOf(row),
    workspace: row.workspace_id === null ? null : { id: row.workspace_id, name: row.workspace },
    before: row.before,
    after: row.after,
    detail: row.detail,
    address: row.address,
    requestId: row.request_id,
    previousHash: row.previous_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  }
}

/** As the record keeps it; older ones know the actor only, whose account may still be there. */
function personOf(row: ConsoleRow): AuditEntry['actor']['person'] {
  if (row.person_id !== null) return { id: row.person_id, email: row.person_email }
  return row.user_id === null ? null : { id: row.user_id, email: row.user_email }
}

function targetOf({ target }: ConsoleRow): AuditEntry['target'] {
  const { kind, id, name } = target
  if (typeof kind !== 'string') return null
  return {
    kind,
    id: typeof id === 'number' || typeof id === 'string' ? id : null,
    name: typeof name === 'string' ? name : null,
  }
}

/** Operations that leave their target behind deleted; those that delete a part of a table leave the table. */
const DELETES_TARGET = /Delete$/
const DELETES_PART = /^(schema|index)/

function linkOf(row: ConsoleRow): AuditLink | null {
  const { kind, id } = targetOf(row) ?? {}
  if (kind === undefined || id === null || id === undefined) return null
  const isGone = row.outcome === 'done' && DELETES_TARGET.test(row.action) && !DELETES_PART.test(row.action)
  return isGone ? null : { kind, id, workspaceId: row.workspace_id }
}
