import type pg from 'pg'

import type { Connection, Db } from '../db/connection.ts'
import { insertWorkspace } from '../db/workspace.ts'
import { AppError, notFound } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { checkOut, dbOn } from './client-db.ts'
import type { ArchiveSource } from './envelope.ts'
import { lockImports } from './import-lock.ts'
import { FileLoader } from './load-files.ts'
import { loadMembers, type LoadProgress } from './load-members.ts'
import { planDefinitions } from './plan-definitions.ts'
import { replaceLogic } from './replace-constructs.ts'
import { replaceDefinitions, replaceSettings } from './replace-definitions.ts'
import { replaceFiles } from './replace-files.ts'
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
  /** The store of stored files; an archive that holds some is refused without it. */
  files?: Storage | undefined
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
  const files = new FileLoader(request.files, archive.manifest)
  let isCommitting = false
  const { client, release } = await checkOut(connection)
  // Closing the connection rolls back whatever state it is in, in the middle of a COPY or waiting for a lock.
  const abort = (): void => release(true)
  request.signal?.addEventListener('abort', abort, { once: true })
  try {
    request.signal?.throwIfAborted()
    await client.query('begin')
    const { workspaceId, replacedObjects } = await replaceWorkspace(client, archive, request, files)
    isCommitting = true
    await client.query('commit')
    release(false)
    await files.discard(replacedObjects)
    return workspaceId
  } catch (error) {
    release(true)
    // A commit whose answer was lost may have happened: then the objects have rows, and stay.
    if (!isCommitting) await files.undo()
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
  files: FileLoader,
): Promise<{ workspaceId: number; replacedObjects: string[] }> {
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
  const { source, password } = request
  await loadMembers(client, { workspaceId, archive, source, password, schemas, definitions, files }, onRows)
  const done = { ...progress, tablesDone: progress.tablesTotal, rows: manifest.counts.rows }
  request.onProgress?.({ ...done, stage: 'swapping' })
  await finishSchemas(db, manifest, schemas, definitions)
  await swapSchemas(client, workspaceId, manifest, schemas)
  await replaceDefinitions(db, workspaceId, definitions)
  const branchId = await replaceSettings(db, workspaceId, archive, request.now)
  await replaceLogic(db, { workspaceId, branchId }, archive, request.now)
  const replacedObjects = manifest.includesFiles ? await replaceFiles(db, workspaceId, files.loaded) : []
  await request.beforeCommit?.(db, workspaceId)
  return { workspaceId, replacedObjects }
}

/** Makes the new workspace, or locks the one that is replaced against a second import. */
async function targetOf(db: Db, { contents }: VerifiedArchive, { target, now }: ImportRequest): Promise<number> {
  if ('newWorkspace' in target) {
    const input = { name: target.newWorkspace, description: contents.workspace.description }
    return (await insertWorkspace(db, input, now)).id
  }
  // Locked first: a workspace that is being deleted is gone afterwards.
  await lockImports(db, target.workspaceId)
  const found = await db.selectFrom('workspace').select('id').where('id', '=', target.workspaceId).executeTakeFirst()
  if (found === undefined) throw notFound(`Workspace ${target.workspaceId}`)
  return found.id
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
