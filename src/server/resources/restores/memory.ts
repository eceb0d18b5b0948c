import { sql } from 'kysely'
import { z } from 'zod'

import type { Db } from '../../db/connection.ts'

const Ids = z.record(z.string(), z.number())

/** What an undo of a restore needs to know beside the safety backup: archives hold no ids. */
const Memory = z.object({
  /** Ids of what the restore took away. */
  gone: z.object({ table_definition: Ids, api_group: Ids, construct: Ids, file: Ids }).optional(),
  /** The branch that it made, and the tables that it added for it. */
  branchId: z.number().optional(),
  addedTables: z.array(z.number()).default([]),
  /** What of a choice it wrote or took away, beside tables. */
  touched: z
    .object({ groups: z.array(z.string()), constructs: z.array(z.string()), files: z.array(z.string()) })
    .optional(),
})
export type Memory = z.infer<typeof Memory>

function keyOf(restoreId: number): string {
  return `restore.${restoreId}.memory`
}

/** Keeps what an undo will need. */
export async function saveMemory(db: Db, restoreId: number, memory: z.input<typeof Memory>): Promise<void> {
  const value = JSON.stringify(memory)
  await db
    .insertInto('setting')
    .values({ key: keyOf(restoreId), value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** What was kept of a restore; nothing for one of an earlier release. */
export async function readMemory(db: Db, restoreId: number): Promise<Memory> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', keyOf(restoreId)).executeTakeFirst()
  return Memory.parse(row?.value ?? {})
}

/** Forgets what no undo can need any more: its workspace or its safety backup is gone. */
export async function pruneMemories(db: Db): Promise<void> {
  await sql`
    delete from metadeck.setting where key like 'restore.%.memory' and not exists (
      select from metadeck.restore r where key = 'restore.' || r.id || '.memory' and r.workspace_id is not null
        and (r.safety_backup_id is not null or r.into_new or r.new_branch is not null)
    )`.execute(db)
}
