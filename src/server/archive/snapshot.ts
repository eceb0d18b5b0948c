import type { Selectable } from 'kysely'
import pg from 'pg'

import type { Connection, Db } from '../db/connection.ts'
import type { ApiGroupTable, BranchTable, ConstructTable, FileTable, WorkspaceTable } from '../db/tables.ts'
import { readBranch, schemaName } from '../db/workspace.ts'
import { AppError, notFound } from '../errors.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { checkOut, dbOn } from './client-db.ts'

/** Everything of a workspace but its rows and the bytes of its files, as of one moment. */
export interface WorkspaceContents {
  workspace: Selectable<WorkspaceTable>
  branch: Selectable<BranchTable>
  dataSources: { label: string; color: string }[]
  definitions: TableDefinition[]
  apiGroups: Selectable<ApiGroupTable>[]
  constructs: Selectable<ConstructTable>[]
  files: Selectable<FileTable>[]
}

/** A workspace frozen at one moment: definitions and rows are read from the same snapshot. */
export interface Snapshot {
  client: pg.ClientBase
  db: Db
  contents: WorkspaceContents
  /** Ends the transaction. `isBroken` throws the connection away: a COPY that was cut off cannot be used again. */
  close(isBroken: boolean): Promise<void>
}

/** Times that the tables may change under our hands before the export gives up. */
const ATTEMPTS = 5

/**
 * Opens a snapshot. The tables are locked (ACCESS SHARE, as pg_dump does) before it is taken: what would empty or
 * replace a table under a snapshot (TRUNCATE, ALTER, a restore) waits until it is closed.
 */
export async function openSnapshot(
  connection: Connection,
  workspaceId: number,
  branch: string,
  withRows: boolean,
): Promise<Snapshot> {
  const { client, release } = await checkOut(connection)
  let isReleased = false
  const close = async (isBroken: boolean): Promise<void> => {
    if (isReleased) return
    isReleased = true
    if (!isBroken) await client.query('rollback').catch(() => (isBroken = true))
    release(isBroken)
  }
  const db = dbOn(client)
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await readContents(db, workspaceId, branch)
      // Rows are read in the order of their ids: where that takes sorting, more of it is done in memory.
      await client.query(
        `begin isolation level repeatable read read only; set local work_mem = '64MB'; set local jit = off`,
      )
      const isLocked = !withRows || (await lockTables(client, before))
      if (isLocked) {
        const contents = await readContents(db, workspaceId, branch)
        if (!withRows || tableKeys(contents) === tableKeys(before)) return { client, db, contents, close }
      }
      await client.query('rollback')
    }
    throw new AppError('conflict', 'The tables of the workspace keep changing. Try again when that is done.')
  } catch (error) {
    await close(true)
    throw error
  }
}

/** What tells whether the locked tables are those of the snapshot. */
function tableKeys({ definitions, dataSources }: WorkspaceContents): string {
  return JSON.stringify([
    definitions.map(({ id, name, updatedAt }) => [id, name, updatedAt]),
    dataSources.map(({ label }) => label),
  ])
}

async function lockTables(client: pg.ClientBase, contents: WorkspaceContents): Promise<boolean> {
  const tables = contents.dataSources.flatMap(({ label }) =>
    contents.definitions.map((definition) => {
      const schema = pg.escapeIdentifier(schemaName(contents.workspace.id, label))
      return `${schema}.${pg.escapeIdentifier(definition.name)}`
    }),
  )
  if (tables.length === 0) return true
  try {
    await client.query(`lock table ${tables.join(', ')} in access share mode`)
    return true
  } catch (error) {
    // 42P01: a table went away between reading the definitions and locking.
    if (error instanceof pg.DatabaseError && (error.code === '42P01' || error.code === '3F000')) return false
    throw error
  }
}

async function readContents(db: Db, workspaceId: number, label: string): Promise<WorkspaceContents> {
  const workspace = await db.selectFrom('workspace').selectAll().where('id', '=', workspaceId).executeTakeFirst()
  if (workspace === undefined) throw notFound(`Workspace ${workspaceId}`)
  const branch = await readBranch(db, workspaceId, label)
  const dataSources = await db
    .selectFrom('data_source')
    .select(['label', 'color'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .orderBy('label')
    .execute()
  const apiGroups = await db
    .selectFrom('api_group')
    .selectAll()
    .where('branch_id', '=', branch.id)
    .orderBy('id')
    .execute()
  const constructs = await db
    .selectFrom('construct')
    .selectAll()
    .where('branch_id', '=', branch.id)
    .orderBy('id')
    .execute()
  const files = await db.selectFrom('file').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute()
  const definitions = await listDefinitions(db, workspaceId)
  return { workspace, branch, dataSources, definitions, apiGroups, constructs, files }
}
