import type { Insertable } from 'kysely'
import pg from 'pg'

import type { Db } from '../../db/connection.ts'
import type { AuditRecordTable } from '../../db/tables.ts'

export type NewAuditRecord = Insertable<AuditRecordTable>

/** Records written with one statement at most. */
const BATCH_MAX = 200

interface Waiting {
  record: NewAuditRecord
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Makes the function that appends records to the chain; its promise is fulfilled once the record is stored for good.
 * The chain grows at one place, so that writers wait for each other's commit: the records that come up while one
 * statement is on its way go together with the next, in their order, and many writes at once cost few commits.
 */
export function createAppend(db: Db): (record: NewAuditRecord) => Promise<void> {
  const queue: Waiting[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    while (queue.length > 0) await writeBatch(db, queue.splice(0, BATCH_MAX))
    isWriting = false
  }

  return (record) =>
    new Promise((resolve, reject) => {
      queue.push({ record, resolve, reject })
      if (isWriting) return
      isWriting = true
      void writeAll()
    })
}

async function writeBatch(db: Db, batch: Waiting[]): Promise<void> {
  try {
    await db
      .insertInto('audit_record')
      .values(batch.map(({ record }) => record))
      .execute()
    for (const { resolve } of batch) resolve()
  } catch (error) {
    // One that cannot be stored must not take the others with it.
    if (batch.length > 1 && isBadValue(error)) for (const waiting of batch) await writeBatch(db, [waiting])
    else for (const { reject } of batch) reject(error)
  }
}

/** True where the database refused a value. After any other failure nobody knows what is stored: nothing is repeated. */
function isBadValue(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}
