import { type Selectable, sql } from 'kysely'

import { notFound } from '../errors.ts'
import { newGuid } from '../ids.ts'
import type { Db } from './connection.ts'
import type { BranchTable } from './tables.ts'

/** Label of the branch that every workspace begins with, and of its data source. */
export const FIRST_BRANCH = 'v1'
export const LIVE_DATA_SOURCE = 'live'

const BRANCH_COLOR = '#ebc346'
const LIVE_COLOR = '#008000'

/** The PostgreSQL schema that holds the rows of one data source: `w12_live`. */
export function schemaName(workspaceId: number, dataSource: string): string {
  return `w${workspaceId}_${dataSource}`
}

/** Inserts a workspace with branch `v1` (live), data source `live` and its empty schema. Call it in a transaction. */
export async function insertWorkspace(
  trx: Db,
  input: { name: string; description: string },
  now: Date,
): Promise<{ id: number; branchId: number }> {
  const workspace = await trx
    .insertInto('workspace')
    .values({
      name: input.name,
      description: input.description,
      guid: newGuid(),
      documentation: JSON.stringify({ require_token: false }),
      preferences: JSON.stringify({ allow_push: true }),
      realtime_hash: newGuid(),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const branch = await trx
    .insertInto('branch')
    .values({
      workspace_id: workspace.id,
      label: FIRST_BRANCH,
      description: '',
      color: BRANCH_COLOR,
      guid: newGuid(),
      live: true,
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('data_source')
    .values({ workspace_id: workspace.id, label: LIVE_DATA_SOURCE, color: LIVE_COLOR, created_at: now })
    .execute()
  await sql`create schema ${sql.id(schemaName(workspace.id, LIVE_DATA_SOURCE))}`.execute(trx)
  return { id: workspace.id, branchId: branch.id }
}

/**
 * Holds a workspace to the end of the transaction: changes of its settings and branches follow each other. Others may
 * go on to add what belongs to it. Throws `not_found`.
 */
export async function holdWorkspace(trx: Db, workspaceId: number): Promise<void> {
  const row = await trx
    .selectFrom('workspace')
    .select('id')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`Workspace ${workspaceId}`)
}

/** Removes a workspace with all its data sources' schemas. Backups stay. Call it in a transaction. */
export async function dropWorkspace(trx: Db, workspaceId: number): Promise<void> {
  const sources = await trx.selectFrom('data_source').select('label').where('workspace_id', '=', workspaceId).execute()
  for (const { label } of sources) {
    await sql`drop schema if exists ${sql.id(schemaName(workspaceId, label))} cascade`.execute(trx)
  }
  await trx.deleteFrom('workspace').where('id', '=', workspaceId).execute()
}

/** One branch by label; throws `not_found`. An empty label is the live branch. */
export async function readBranch(db: Db, workspaceId: number, label: string): Promise<Selectable<BranchTable>> {
  const row = await db
    .selectFrom('branch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where((where) => (label === '' ? where('live', '=', true) : where('label', '=', label)))
    .executeTakeFirst()
  if (row === undefined) throw notFound(label === '' ? 'The live branch' : `Branch ${label}`)
  return row
}
