import type pg from 'pg'

import type { Db } from '../db/connection.ts'
import { insertWorkspace, readBranch } from '../db/workspace.ts'
import { notFound } from '../errors.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import type { ChosenParts } from './choose-parts.ts'
import { chooseTables, narrowArchive, requireTargets } from './choose-tables.ts'
import { dbOn } from './client-db.ts'
import { freeIds, goneIds, NO_IDS, readIds } from './import-ids.ts'
import { lockImports } from './import-lock.ts'
import { progressOf } from './import-progress.ts'
import { type ImportOutcome, type ImportRequest, NOTHING_TOUCHED } from './import-request.ts'
import type { ImportWork } from './import-transaction.ts'
import type { FileLoader } from './load-files.ts'
import { loadMembers } from './load-members.ts'
import { planDefinitions } from './plan-definitions.ts'
import { ImportRefused } from './refusal.ts'
import { replaceLogic } from './replace-constructs.ts'
import { replaceDefinitions, replaceSettings } from './replace-definitions.ts'
import { replaceFiles } from './replace-files.ts'
import { buildSchemas, finishSchemas, labelsOf, swapSchemas } from './swap-schemas.ts'
import type { VerifiedArchive } from './verify.ts'

type Request = Omit<ImportRequest, 'parts'> & { parts: ChosenParts | undefined }

/** Makes a workspace of the archive, or of what was chosen of it; or replaces one by all of the archive. */
export async function importWorkspace(
  client: pg.ClientBase,
  whole: VerifiedArchive,
  request: Request,
  files: FileLoader,
): Promise<ImportWork> {
  const db = dbOn(client)
  const { now } = request
  const archive = narrowed(whole, request)
  const { manifest, contents } = archive
  const workspaceId = await targetOf(db, archive, request)
  const before = await listDefinitions(db, workspaceId)
  requireRowsOrEmpty(archive, before)
  const idsBefore = await readIds(db, workspaceId)
  const remembered = await freeIds(db, request.remembered)
  const place = { workspaceId, before, remembered: remembered.table_definition, now }
  const definitions = await planDefinitions(db, contents.definitions, place)
  const progress = progressOf(request, manifest.tables)
  progress('definitions')
  const schemas = await buildSchemas(db, workspaceId, labelsOf(manifest), definitions)
  const loading = { workspaceId, manifest: whole.manifest, from: request, schemas, definitions, files }
  await loadMembers(client, { ...loading, tables: manifest.tables }, (step) => progress('rows', step))
  progress('keys')
  await finishSchemas(db, manifest.tables, schemas, definitions)
  progress('swapping')
  await swapSchemas(client, workspaceId, manifest, schemas)
  await request.rehearse?.({ client, workspaceId })
  await replaceDefinitions(db, workspaceId, definitions)
  const outcome: ImportOutcome = { renamed: [], gone: NO_IDS, touched: NOTHING_TOUCHED, merged: [], renamedFiles: [] }
  const branchId =
    archive === whole
      ? await replaceSettings(db, workspaceId, archive, now)
      : (await readBranch(db, workspaceId, '')).id
  const { canonicals } = request
  outcome.renamed = await replaceLogic(db, { workspaceId, branchId }, archive, { now, canonicals, remembered })
  const replaced = manifest.includesFiles
    ? await replaceFiles(db, workspaceId, files.loaded, remembered.file)
    : undefined
  outcome.renamedFiles = replaced?.renamed ?? []
  outcome.gone = goneIds(idsBefore, await readIds(db, workspaceId))
  await request.beforeCommit?.(db, workspaceId, outcome)
  return { workspaceId, replacedObjects: replaced?.replacedObjects ?? [] }
}

/** What of the archive goes into a workspace that is made. */
function narrowed(archive: VerifiedArchive, { tables, parts }: Request): VerifiedArchive {
  if (tables === undefined && parts === undefined) return archive
  const chosen = tables === undefined ? [] : chooseTables(archive.contents.definitions, tables.names)
  requireTargets(archive.contents.definitions, chosen, new Set())
  return narrowArchive(archive, chosen, parts)
}

/** Makes the new workspace, or locks the one that is replaced against a second import. */
async function targetOf(db: Db, { contents }: VerifiedArchive, { target, now }: Request): Promise<number> {
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

/** Throws `conflict`: an archive without rows would empty every table of the workspace, which nobody means by it. */
export function requireRowsOrEmpty({ manifest }: Pick<VerifiedArchive, 'manifest'>, before: { length: number }): void {
  if (manifest.includesRows || before.length === 0) return
  throw new ImportRefused(
    'definitions_only',
    'The archive holds definitions only, and the workspace has tables: all their rows would be lost. Restore it into a new workspace, or into a new branch of this one (`into: {workspaceId, newBranch}`; import-schema in the Metadata API).',
  )
}
