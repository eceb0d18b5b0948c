/** Job kinds and what each carries. Secrets travel sealed (`Vault`). */
export interface JobPayloads {
  backup: { backupId: number; sealedPassword: string | null }
  restore: { restoreId: number; sealedPassword: string | null }
}

export type JobKind = keyof JobPayloads

/** The queue, shared by all processes on one database. */
export interface JobQueue {
  enqueue<Kind extends JobKind>(kind: Kind, payload: JobPayloads[Kind]): Promise<void>
  close(): Promise<void>
}
