import type { Db } from '../db/connection.ts'
import type { Lender } from '../resources/schedules/lent-rights.ts'

/** With whose rights a job is done: who asked for it. Null = the server does it by itself; absent in older jobs. */
interface Asked {
  by?: Lender | null
}

/** Job kinds and what each carries. Secrets travel sealed (`Vault`). */
export interface JobPayloads {
  backup: Asked & { backupId: number; sealedPassword: string | null }
  restore: Asked & { restoreId: number; sealedPassword: string | null }
  /** Reads a stored archive back. */
  verify: Asked & { backupId: number; sealedPassword: string | null }
  /** Rehearses a restore of it. */
  drill: Asked & { backupId: number; sealedPassword: string | null }
  /** Sends one message to one channel. */
  notify: { notificationId: number }
}

export type JobKind = keyof JobPayloads

/** The queue, shared by all processes on one database. */
export interface JobQueue {
  /** With a transaction, the job is there exactly when that commits. */
  enqueue<Kind extends JobKind>(kind: Kind, payload: JobPayloads[Kind], trx?: Db): Promise<void>
  /** Takes no more jobs; lets running ones finish for some seconds, then hands them back. */
  close(): Promise<void>
}
