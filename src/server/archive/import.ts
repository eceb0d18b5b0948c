import { sql } from 'kysely'
import pg from 'pg'

import type { Connection, Db } from '../db/connection.ts'
import { insertWorkspace } from '../db/workspace.ts'
import { AppError, notFound } from '../errors.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { checkOut, dbOn } from './client-db.ts'
import type { ArchiveSource } from './envelope.ts'
import { loadRows, type LoadProgress } from './load-rows.ts'
import { planDefinitions } from './plan-definitions.ts'
import { replaceApiGroups, replaceDefinitions, replaceSettings } from './replace-definitions.ts'
import { buildSchemas, finishSchemas, swapSchemas } from './swap-schemas.ts'
import type { VerifiedArchive } from './verify.ts'

/** Where an archive goes: a workspace that is made for it, or one that it replaces. */
export type ImportTarget = { newWorkspace: string } | { workspaceId: number }

export interface ImportProgress {
  stage: 'definitions' | 'rows' | 'swapping'
  current: string | null
  tablesDone: number
  tablesTotal: number
  rows: number
  rowsTotal: number
}

export interface ImportRequest {
  source: ArchiveSource
  password: string
  target: ImportTarget
  now: Date
  onProgress?: (progress: ImportProgress) => void
  /** Runs as the last statement of the transaction, so that what it writes is true exactly when the import is. */
  beforeCommit?: (db: Db, workspaceId: number) => Promise<void>
  signal?: AbortSignal
}

/**
 * Puts a verified archive into a workspace: all of it or nothing. Everything is built beside the tables that are
 * there, in one transaction; they are exchanged at its end, so that readers see the old workspace or the new one.
 * Answers the workspace's id.
 */
export async function importArchive(
  connection: Connection,
  archive: VerifiedArchive,
  request: ImportRequest,
): Promise<number> {
  const { client, release } = await checkOut(connection)
  // Closing the connection rolls back whatever state it is in, in the middle of a COPY or waiting for a lock.
  const abort = (): void => release(true)
  request.signal?.addEventListener('abort', abort, { once: true })
  try {
    request.signal?.throwIfAborted()
    await client.query('begin')
    const workspaceId = await replaceWorkspace(client, archive, request)
    await client.query('commit')
    release(false)
    return workspaceId
  } catch (error) {
    release(true)
    request.signal?.throwIfAborted()
    throw error
  } finally {
    request.signal?.removeEventListener('abort', abort)
  }
}

async function replaceWorkspace(
  client: pg.ClientBase,
  archive: VerifiedArchive,
  request: ImportRequest,
): Promise<number> {
  const db = dbOn(client)
  const { manifest, contents } = archive
  const workspaceId = await targetOf(db, archive, request)
  const before = await listDefinitions(db, workspaceId)
  requireRowsOrEmpty(archive, before)
  const definitions = await planDefinitions(db, contents.definitions, before, workspaceId, request.now)
  const progress: ImportProgress = {
    stage: 'definitions',
    current: null,
    tablesDone: 0,
    tablesTotal: manifest.tables.reduce((sum, table) => sum + table.rows.length, 0),
    rows: 0,
    rowsTotal: manifest.counts.rows,
  }
  request.onProgress?.(progress)
  const schemas = await buildSchemas(db, workspaceId, manifest, definitions)
  const onRows = (step: LoadProgress): void => request.onProgress?.({ ...progress, stage: 'rows', ...step })
  await loadRows(client, { archive, source: request.source, password: request.password, schemas, definitions }, onRows)
  const done = { ...progress, tablesDone: progress.tablesTotal, rows: manifest.counts.rows }
  request.onProgress?.({ ...done, stage: 'swapping' })
  await finishSchemas(db, manifest, schemas, definitions)
  await swapSchemas(client, workspaceId, manifest, schemas)
  await replaceDefinitions(db, workspaceId, definitions)
  const branchId = await replaceSettings(db, workspaceId, archive, request.now)
  await replaceApiGroups(db, { workspaceId, branchId }, contents.apiGroups, request.now)
  await request.beforeCommit?.(db, workspaceId)
  return workspaceId
}

/** Makes the new workspace, or locks the one that is replaced against a second import. */
async function targetOf(db: Db, { contents }: VerifiedArchive, { target, now }: ImportRequest): Promise<number> {
  if ('newWorkspace' in target) {
    const input = { name: target.newWorkspace, description: contents.workspace.description }
    return (await insertWorkspace(db, input, now)).id
  }
  const found = await db.selectFrom('workspace').select('id').where('id', '=', target.workspaceId).executeTakeFirst()
  if (found === undefined) throw notFound(`Workspace ${target.workspaceId}`)
  await lockTarget(db, found.id)
  return found.id
}

/** An import that was broken off a moment ago may not have let go yet: that long a second one waits. */
const LOCK_WAIT_MS = 2_000

/** One import of a workspace at a time. */
async function lockTarget(db: Db, workspaceId: number): Promise<void> {
  const setWait = (ms: number): Promise<unknown> => sql`set local lock_timeout = ${sql.lit(ms)}`.execute(db)
  await setWait(LOCK_WAIT_MS)
  try {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`metadeck.import.${workspaceId}`}, 0))`.execute(db)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error
    throw new AppError('conflict', 'Another restore or import of this workspace is running. Wait until it is done.', {
      payload: { reason: 'import_in_progress' },
      cause: error,
    })
  }
  await setWait(0)
}

/** An archive without rows would empty every table of the workspace, which nobody means by it. */
function requireRowsOrEmpty({ manifest }: VerifiedArchive, before: readonly TableDefinition[]): void {
  if (manifest.includesRows || before.length === 0) return
  throw new AppError(
    'conflict',
    'The archive holds definitions only, and the workspace has tables: all their rows would be lost. Restore it into a new workspace, or load it as a branch by import-schema.',
    { payload: { reason: 'definitions_only' } },
  )
}
