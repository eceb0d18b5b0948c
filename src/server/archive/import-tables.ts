import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'
import type pg from 'pg'

import type { Db } from '../db/connection.ts'
import { schemaName } from '../db/workspace.ts'
import { AppError, notFound } from '../errors.ts'
import { tableSql } from '../tables/ddl.ts'
import { listDataSourceLabels, listDefinitions, lockDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { dbOn } from './client-db.ts'
import { freeIds, goneIds, readIds } from './import-ids.ts'
import { lockImports } from './import-lock.ts'
import { progressOf } from './import-progress.ts'
import type { ImportRequest, TableChoice } from './import-request.ts'
import type { ImportWork } from './import-transaction.ts'
import { FileLoader } from './load-files.ts'
import { loadMembers } from './load-members.ts'
import { planTables, type TablePlan } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import { replaceSomeDefinitions } from './replace-definitions.ts'
import { buildSchemas, finishSchemas } from './swap-schemas.ts'
import { swapTables } from './swap-tables.ts'
import type { VerifiedArchive } from './verify.ts'

type Request = Omit<ImportRequest, 'tables' | 'target'> & { workspaceId: number; tables: TableChoice }

/**
 * Puts some tables of an archive into a workspace, definitions and rows of all data sources, and leaves everything else
 * of it alone. They are built beside those that are there; only they are exchanged.
 */
export async function importTables(
  client: pg.ClientBase,
  archive: VerifiedArchive,
  request: Request,
): Promise<ImportWork> {
  const db = dbOn(client)
  const { workspaceId, now } = request
  await lockImports(db, workspaceId)
  const found = await db.selectFrom('workspace').select('id').where('id', '=', workspaceId).executeTakeFirst()
  if (found === undefined) throw notFound(`Workspace ${workspaceId}`)
  const before = await listDefinitions(db, workspaceId)
  const idsBefore = await readIds(db, workspaceId)
  const remembered = (await freeIds(db, request.remembered)).table_definition
  const plan = await planTables(db, archive, request.tables, { workspaceId, before, remembered, now })
  const labels = await listDataSourceLabels(db, workspaceId)
  await requireDataSources(db, archive, plan, { workspaceId, labels })
  const progress = progressOf(request, plan.tables)
  progress('definitions')
  const schemas = await buildSchemas(db, workspaceId, labels, plan.definitions)
  const { source, password } = request
  const files = new FileLoader(undefined, [], [])
  const loading = { workspaceId, manifest: archive.manifest, source, password, schemas, files, ...plan }
  await loadMembers(client, loading, (step) => progress('rows', step))
  progress('keys')
  await finishSchemas(db, plan.tables, schemas, plan.definitions)
  progress('swapping')
  await lockDefinitions(db, workspaceId)
  await requireSameDefinitions(db, workspaceId, before)
  await swapTables(client, workspaceId, schemas, plan)
  const definitions = await withKnownGroups(db, workspaceId, plan.definitions)
  await replaceSomeDefinitions(
    db,
    plan.replaced.map(({ id }) => id),
    definitions,
  )
  const gone = goneIds(idsBefore, await readIds(db, workspaceId))
  await request.beforeCommit?.(db, workspaceId, { renamed: [], gone })
  return { workspaceId, replacedObjects: [] }
}

/** Rows that would have no place, and rows that would go without others in their place, are nobody's intention. */
async function requireDataSources(
  db: Db,
  { manifest }: VerifiedArchive,
  { tables, replaced, definitions }: TablePlan,
  { workspaceId, labels }: { workspaceId: number; labels: readonly string[] },
): Promise<void> {
  if (!manifest.includesRows && replaced.length > 0) {
    throw new ImportRefused(
      'definitions_only',
      'The archive holds definitions only: all rows of the chosen tables would be lost. Choose a backup with rows.',
    )
  }
  for (const table of tables) {
    const lost = table.rows.find(({ dataSource, count }) => count > 0 && !labels.includes(dataSource))
    if (lost === undefined) continue
    throw new ImportRefused(
      'data_source',
      `The backup holds rows of "${table.name}" in the data source "${lost.dataSource}", which the workspace does not have. Add that data source first, or restore into a new workspace.`,
    )
  }
  const archived = new Set(manifest.dataSources.map(({ label }) => label))
  for (const label of labels.filter((one) => !archived.has(one))) {
    for (const table of replaced.filter(({ id }) => definitions.some((one) => one.id === id))) {
      const { rows } = await sql`select from ${tableSql(schemaName(workspaceId, label), table)} limit 1`.execute(db)
      if (rows.length === 0) continue
      throw new ImportRefused(
        'data_source',
        `The table "${table.name}" has rows in the data source "${label}", of which the backup holds nothing: they would be lost. Empty the table there first, or restore into a new workspace.`,
      )
    }
  }
}

/** Throws `conflict`, after which trying again helps, where somebody changed tables meanwhile. */
async function requireSameDefinitions(db: Db, workspaceId: number, before: readonly TableDefinition[]): Promise<void> {
  if (isDeepStrictEqual(await listDefinitions(db, workspaceId), before)) return
  throw new AppError('conflict', 'The tables of the workspace were changed during the restore. It begins anew.', {
    payload: { reason: 'definitions_changed' },
  })
}

/** A table stays tied to its API group where the workspace has that group. */
async function withKnownGroups(
  db: Db,
  workspaceId: number,
  definitions: readonly TableDefinition[],
): Promise<TableDefinition[]> {
  const groups = await db.selectFrom('api_group').select('guid').where('workspace_id', '=', workspaceId).execute()
  const guids = new Set(groups.map(({ guid }) => guid))
  return definitions.map((definition) => {
    const { apiGroupGuid: guid = null } = definition
    return { ...definition, apiGroupGuid: guid !== null && guids.has(guid) ? guid : null }
  })
}
