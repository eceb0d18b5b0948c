import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'
import type pg from 'pg'

import type { RowsMode } from '#api/contract/restore-scope.ts'
import type { MergedTable } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import { schemaName } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import { tableSql } from '../tables/ddl.ts'
import { listDataSourceLabels, listDefinitions, lockDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { dbOn } from './client-db.ts'
import type { TableChoice } from './import-request.ts'
import type { ManifestTable } from './manifest.ts'
import { mergeRows } from './merge-rows.ts'
import { chosenIds, findTable, type Merge, planMerges } from './plan-merge.ts'
import { linksFrom, type PlanPlace, planTables, requireRowsToReplace, type TablePlan } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import { replaceSomeDefinitions } from './replace-definitions.ts'
import type { BuiltSchemas } from './swap-schemas.ts'
import { swapTables } from './swap-tables.ts'
import type { Place } from './table-place.ts'
import type { VerifiedArchive } from './verify.ts'

/** What chosen tables of an archive do to a workspace. */
export interface TableWork {
  /** The tables that are exchanged: none of those whose rows are merged. */
  plan: TablePlan
  merges: Merge[]
  mode: RowsMode
  dropColumns: boolean
  /** Definitions of the workspace as they were when this was planned. */
  before: readonly TableDefinition[]
  /** Data sources of the workspace. */
  labels: readonly string[]
  /** The manifest's entries of what is read, and what it is read into, in the same order. */
  tables: ManifestTable[]
  definitions: TableDefinition[]
  idsOf: (definition: TableDefinition) => readonly string[] | undefined
}

/** Finds what the chosen tables replace, or what their rows are merged into, and refuses what would not fit. */
export async function planTableWork(
  db: Db,
  archive: VerifiedArchive,
  choice: TableChoice,
  place: PlanPlace,
): Promise<TableWork> {
  const { workspaceId, before } = place
  const mode = choice.rows ?? 'replace'
  const labels = await listDataSourceLabels(db, workspaceId)
  const isHere = (name: string): boolean => mode !== 'replace' && findTable(before, name) !== undefined
  const [merged, exchanged] = [choice.names.filter(isHere), choice.names.filter((name) => !isHere(name))]
  const plan = await planTables(db, archive, { ...choice, names: exchanged }, place)
  await requireDataSources(db, archive, plan, { workspaceId, labels })
  const merges = planMerges(archive, { ...choice, names: merged }, place, labels)
  const ids = new Map<TableDefinition, readonly string[] | undefined>()
  for (const definition of plan.definitions) ids.set(definition, chosenIds(definition, choice))
  for (const { archived, ids: chosen } of merges) ids.set(archived, chosen)
  return {
    plan,
    merges,
    mode,
    dropColumns: choice.dropColumns ?? false,
    before,
    labels,
    tables: [...plan.tables, ...merges.map(({ table }) => table)],
    definitions: [...plan.definitions, ...merges.map(({ archived }) => archived)],
    idsOf: (definition) => ids.get(definition),
  }
}

/**
 * Puts the tables that were built into the workspace: in the place of others, or row by row. Their schemas are gone then.
 * Answers what became of the rows of merged tables.
 */
export async function putTables(
  client: pg.ClientBase,
  workspaceId: number,
  schemas: BuiltSchemas,
  { plan, merges, mode, dropColumns, before }: TableWork,
): Promise<MergedTable[]> {
  let merged: MergedTable[] = []
  const db = dbOn(client)
  await lockDefinitions(db, workspaceId)
  await requireSameDefinitions(db, workspaceId, before)
  if (mode === 'replace' || merges.length === 0) await swapTables(client, workspaceId, schemas, plan)
  else {
    const links = linksFrom(
      merges.map(({ live }) => live),
      before,
    )
    const held = [...new Set([...merges.map(({ live }) => live), ...links.map(({ to }) => to)])]
    const run = async (places: readonly Place[]): Promise<void> => {
      merged = await mergeRows(client, places, merges, { mode, links, dropColumns })
    }
    await swapTables(client, workspaceId, schemas, plan, { held, run })
  }
  const definitions = await withKnownGroups(db, workspaceId, plan.definitions)
  await replaceSomeDefinitions(
    db,
    plan.replaced.map(({ id }) => id),
    definitions,
  )
  return merged
}

/** Rows that would have no place, and rows that would go without others in their place, are nobody's intention. */
async function requireDataSources(
  db: Db,
  { manifest }: VerifiedArchive,
  { tables, replaced, definitions }: TablePlan,
  { workspaceId, labels }: { workspaceId: number; labels: readonly string[] },
): Promise<void> {
  requireRowsToReplace(manifest, replaced)
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
