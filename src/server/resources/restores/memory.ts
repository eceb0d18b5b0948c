import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'
import { z } from 'zod'

import { MergedTable, Restore } from '#api/contract/restores.ts'

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

/** What a restore that is done tells beside its row. */
const Outcome = z.object({
  merged: z.array(MergedTable).default([]),
  renamedFiles: Restore.shape.renamedFiles.default({ count: 0, files: [] }),
})
export type Outcome = z.infer<typeof Outcome>

/** Nothing to tell. */
export const NO_OUTCOME: Outcome = Outcome.parse({})

function outcomeKey(restoreId: number): string {
  return `restore.${restoreId}.outcome`
}

/** Keeps what a restore did; nothing is kept where there is nothing to tell. */
export async function saveOutcome(db: Db, restoreId: number, outcome: Outcome): Promise<void> {
  if (isDeepStrictEqual(outcome, NO_OUTCOME)) return
  const value = JSON.stringify(outcome)
  await db
    .insertInto('setting')
    .values({ key: outcomeKey(restoreId), value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** What these restores did, by id; those without anything to tell are not in it. */
export async function readOutcomes(db: Db, restoreIds: readonly number[]): Promise<Map<number, Outcome>> {
  if (restoreIds.length === 0) return new Map()
  const keys = new Map(restoreIds.map((id) => [outcomeKey(id), id]))
  const rows = await db
    .selectFrom('setting')
    .selectAll()
    .where('key', 'in', [...keys.keys()])
    .execute()
  return new Map(rows.map(({ key, value }) => [keys.get(key) ?? 0, Outcome.parse(value)]))
}

/** Forgets what no undo can need any more, its workspace or its safety backup being gone, and what restores that are gone did. */
export async function pruneMemories(db: Db): Promise<void> {
  await sql`
    delete from metadeck.setting where key like 'restore.%.memory' and not exists (
      select from metadeck.restore r where key = 'restore.' || r.id || '.memory' and r.workspace_id is not null
        and (r.safety_backup_id is not null or r.into_new or r.new_branch is not null)
    )`.execute(db)
  await sql`
    delete from metadeck.setting where key like 'restore.%.outcome' and not exists (
      select from metadeck.restore r where key = 'restore.' || r.id || '.outcome'
    )`.execute(db)
}
