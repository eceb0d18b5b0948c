import type pg from 'pg'

import type { RenamedCanonical, RenamedFile } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import { readBranch } from '../db/workspace.ts'
import { notFound } from '../errors.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import type { ChosenParts } from './choose-parts.ts'
import { dbOn } from './client-db.ts'
import { FORMAT_WITH_CONSTRUCTS } from './format.ts'
import { freeIds, goneIds, type IdBook, readIds } from './import-ids.ts'
import { lockImports } from './import-lock.ts'
import { progressOf } from './import-progress.ts'
import { type ImportRequest, NOTHING_TOUCHED, type Touched } from './import-request.ts'
import { planTableWork, putTables, type TableWork } from './import-tables.ts'
import type { ImportWork } from './import-transaction.ts'
import type { FileLoader } from './load-files.ts'
import { loadMembers } from './load-members.ts'
import { keepChosenRows } from './merge-rows.ts'
import { replaceSomeFiles } from './replace-files.ts'
import { replaceSomeLogic } from './replace-some-logic.ts'
import { type BuiltSchemas, buildSchemas, finishSchemas } from './swap-schemas.ts'
import { placesOf } from './table-place.ts'
import type { VerifiedArchive } from './verify.ts'

type Request = Omit<ImportRequest, 'target' | 'parts'> & { workspaceId: number; parts: ChosenParts | undefined }

/** Names of no table: what a choice without tables comes to. */
const NO_TABLES = { names: [], removesMissing: false }

/**
 * Puts some of an archive into a workspace: tables with their rows in all data sources, or their rows only; API groups,
 * constructs and stored files. It leaves everything else of the workspace alone. Tables are built beside those that are
 * there; only they are exchanged.
 */
export async function importSome(
  client: pg.ClientBase,
  archive: VerifiedArchive,
  request: Request,
  files: FileLoader,
): Promise<ImportWork> {
  const db = dbOn(client)
  const { workspaceId, now } = request
  await lockImports(db, workspaceId)
  const found = await db.selectFrom('workspace').select('id').where('id', '=', workspaceId).executeTakeFirst()
  if (found === undefined) throw notFound(`Workspace ${workspaceId}`)
  const before = await listDefinitions(db, workspaceId)
  const idsBefore = await readIds(db, workspaceId)
  const remembered = await freeIds(db, request.remembered)
  const place = { workspaceId, before, remembered: remembered.table_definition, now }
  const work = await planTableWork(db, archive, request.tables ?? NO_TABLES, place)
  const progress = progressOf(request, work.tables)
  progress('definitions')
  const hasTables = request.tables !== undefined
  const schemas: BuiltSchemas = hasTables
    ? await buildSchemas(db, workspaceId, work.labels, work.definitions)
    : new Map<string, string>()
  const { tables, definitions } = work
  const loading = { workspaceId, manifest: archive.manifest, from: request, schemas, files, tables, definitions }
  await loadMembers(client, loading, (step) => progress('rows', step))
  progress('keys')
  await finishTables(client, workspaceId, schemas, work)
  progress('swapping')
  const merged = hasTables ? await putTables(client, workspaceId, schemas, work) : []
  const done = await putParts(db, archive, request, { files, remembered })
  const gone = goneIds(idsBefore, await readIds(db, workspaceId))
  const { replacedObjects, ...outcome } = done
  await request.beforeCommit?.(db, workspaceId, { ...outcome, gone, merged })
  return { workspaceId, replacedObjects }
}

/** Takes away the rows that are not chosen, and adds keys and indexes to the tables that are exchanged. */
async function finishTables(
  client: pg.ClientBase,
  workspaceId: number,
  schemas: BuiltSchemas,
  { plan, definitions, idsOf }: TableWork,
): Promise<void> {
  const places = placesOf(workspaceId, schemas)
  for (const archived of definitions) await keepChosenRows(client, places, { archived, ids: idsOf(archived) })
  await finishSchemas(dbOn(client), plan.tables, schemas, plan.definitions)
}

interface PartsDone {
  renamed: RenamedCanonical[]
  touched: Touched
  replacedObjects: string[]
  renamedFiles: RenamedFile[]
}

/** Puts the chosen API groups and constructs into the live branch, and the stored files that were read. */
async function putParts(
  db: Db,
  { manifest }: VerifiedArchive,
  { workspaceId, parts, now, canonicals }: Request,
  { files, remembered }: { files: FileLoader; remembered: IdBook },
): Promise<PartsDone> {
  if (parts === undefined) return { renamed: [], touched: NOTHING_TOUCHED, replacedObjects: [], renamedFiles: [] }
  const { id: branchId } = await readBranch(db, workspaceId, '')
  const hasConstructs = manifest.format >= FORMAT_WITH_CONSTRUCTS
  const how = { now, canonicals, remembered, hasConstructs }
  const { renamed, touched } = await replaceSomeLogic(db, { workspaceId, branchId }, parts, how)
  const going = { going: parts.going.files, remembered: remembered.file }
  const { replacedObjects, paths, renamed: renamedFiles } = await replaceSomeFiles(db, workspaceId, files.loaded, going)
  return { renamed, touched: { ...touched, files: paths }, replacedObjects, renamedFiles }
}
