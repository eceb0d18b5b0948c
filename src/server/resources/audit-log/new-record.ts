import type { AuditOutcome } from '../../db/tables.ts'

/** Who it was, as the record keeps it. */
export interface AuditActor {
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  actor_label: string
  person_id: number | null
  person_email: string | null
}

/** What a record says, but for what the database adds: its place in the chain. Absent = null; no outcome = `done`. */
export interface NewAuditRecord extends AuditActor {
  at: Date
  workspace_id: number | null
  action: string
  outcome?: AuditOutcome
  target: object
  before?: object | null
  after?: object | null
  detail: object
  address: string
  request_id: string
}
