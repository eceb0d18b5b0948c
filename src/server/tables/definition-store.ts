import { isDeepStrictEqual } from 'node:util'

import { type Selectable, sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import type { TableDefinitionTable } from '../db/tables.ts'
import { invalidInput, notFound } from '../errors.ts'
import { newGuid } from '../ids.ts'
import type { DefinitionChanges, NewTableDefinition, TableDefinition, TableSummary } from './definition.ts'
import { normalColumns, normalIndexes } from './normal-definition.ts'

type DefinitionRow = Selectable<TableDefinitionTable>

const SUMMARY = [
  'id',
  'workspace_id',
  'name',
  'description',
  'docs',
  'auth',
  'guid',
  'tag',
  'api_group_guid',
  'created_at',
  'updated_at',
] as const

function summaryFromRow(row: Pick<DefinitionRow, (typeof SUMMARY)[number]>): TableSummary {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    description: row.description,
    docs: row.docs,
    auth: row.auth,
    guid: row.guid,
    tag: row.tag,
    apiGroupGuid: row.api_group_guid,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function fromRow(row: DefinitionRow): TableDefinition {
  const { columns, indexes, autocomplete } = row
  return { ...summaryFromRow(row), columns, indexes, autocomplete }
}

/**
 * One change of definitions at a time in a workspace: two that each pass validation alone could contradict each
 * other. Held until the transaction ends; whoever writes definitions takes it first.
 */
export async function lockDefinitions(trx: Db, workspaceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`metadeck.definitions.${workspaceId}`}, 0))`.execute(trx)
}

/** Throws 404 unless the workspace is there. */
export async function requireWorkspaceRow(db: Db, workspaceId: number): Promise<void> {
  const row = await db.selectFrom('workspace').select('id').where('id', '=', workspaceId).executeTakeFirst()
  if (row === undefined) throw notFound(`The workspace ${workspaceId}`)
}

/** The same in a transaction: the workspace then stays there until its end. */
export async function holdWorkspaceRow(trx: Db, workspaceId: number): Promise<void> {
  await requireWorkspaceRow(trx, workspaceId)
  await trx.selectFrom('workspace').select('id').where('id', '=', workspaceId).forKeyShare().execute()
}

/** Labels of the data sources of a workspace, each a schema that holds every table. */
export async function listDataSourceLabels(db: Db, workspaceId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('data_source')
    .select('label')
    .where('workspace_id', '=', workspaceId)
    .orderBy('label')
    .execute()
  return rows.map((row) => row.label)
}

/** Every table of a workspace, by name. */
export async function listDefinitions(db: Db, workspaceId: number): Promise<TableDefinition[]> {
  const rows = await db
    .selectFrom('table_definition')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

/** Names of the tables of a workspace by id, as documents say whom a column refers to. */
export async function listTableNames(db: Db, workspaceId: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('table_definition')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** One table; throws 404 naming the table, or the workspace where that is what is missing. */
export async function getDefinition(db: Db, workspaceId: number, tableId: number): Promise<TableDefinition> {
  return (await getDefinitionIn(db, workspaceId, tableId, '')).definition
}

/** The same, and whether the workspace has the data source: one query for both, as every access to rows needs them. */
export async function getDefinitionIn(
  db: Db,
  workspaceId: number,
  tableId: number,
  dataSource: string,
): Promise<{ definition: TableDefinition; hasDataSource: boolean }> {
  const row = await db
    .selectFrom('table_definition as definition')
    .leftJoin('data_source as source', (join) =>
      join.onRef('source.workspace_id', '=', 'definition.workspace_id').on('source.label', '=', dataSource),
    )
    .selectAll('definition')
    .select('source.label as source_label')
    .where('definition.workspace_id', '=', workspaceId)
    .where('definition.id', '=', tableId)
    .executeTakeFirst()
  if (row !== undefined) return { definition: fromRow(row), hasDataSource: row.source_label !== null }
  await requireWorkspaceRow(db, workspaceId)
  throw notFound(`The table ${tableId}`)
}

export interface DefinitionFilter {
  /** Text that name or description holds; empty = all. */
  search: string
  sort: 'created_at' | 'updated_at' | 'name'
  order: 'asc' | 'desc'
  limit: number
  offset: number
}

/** A page of tables, without their columns: a page of wide tables would be megabytes that no list shows. */
export async function findSummaries(db: Db, workspaceId: number, filter: DefinitionFilter): Promise<TableSummary[]> {
  let query = db.selectFrom('table_definition').select(SUMMARY).where('workspace_id', '=', workspaceId)
  if (filter.search !== '') {
    const pattern = `%${filter.search.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
    query = query.where((where) => where.or([where('name', 'ilike', pattern), where('description', 'ilike', pattern)]))
  }
  const rows = await query
    .orderBy(filter.sort, filter.order)
    .orderBy('id', filter.order)
    .limit(filter.limit)
    .offset(filter.offset)
    .execute()
  return rows.map(summaryFromRow)
}

/** Writes a new definition; the physical table is made by `ddl.ts`. A taken name is refused with 400. */
export async function insertDefinition(
  trx: Db,
  workspaceId: number,
  table: NewTableDefinition,
  now: Date,
): Promise<TableDefinition> {
  const row = await trx
    .insertInto('table_definition')
    .values({
      workspace_id: workspaceId,
      name: table.name,
      description: table.description ?? '',
      docs: table.docs ?? '',
      auth: table.auth ?? false,
      guid: table.guid ?? newGuid(),
      tag: JSON.stringify(table.tag ?? []),
      columns: JSON.stringify(normalColumns(table.columns)),
      indexes: JSON.stringify(normalIndexes(table.indexes)),
      autocomplete: JSON.stringify(table.autocomplete ?? []),
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw invalidInput('name', `A table named "${table.name}" already exists in this workspace.`)
  return fromRow(row)
}

/**
 * Writes what is sent of a definition; the rest stays. `before` is the definition as it is now, read under the lock:
 * where nothing differs from it nothing is written, and the time of its last change stays.
 */
export async function updateDefinition(
  trx: Db,
  before: TableDefinition,
  changes: DefinitionChanges,
  now: Date,
): Promise<TableDefinition> {
  const normal = {
    ...changes,
    ...(changes.columns === undefined ? {} : { columns: normalColumns(changes.columns) }),
    ...(changes.indexes === undefined ? {} : { indexes: normalIndexes(changes.indexes, before.indexes) }),
  }
  if (isDeepStrictEqual(asStored({ ...before, ...normal }), asStored(before))) return before
  const { tag, columns, indexes, autocomplete, apiGroupGuid, ...plain } = normal
  const row = await trx
    .updateTable('table_definition')
    .set({
      ...plain,
      ...(tag === undefined ? {} : { tag: JSON.stringify(tag) }),
      ...(columns === undefined ? {} : { columns: JSON.stringify(columns) }),
      ...(indexes === undefined ? {} : { indexes: JSON.stringify(indexes) }),
      ...(autocomplete === undefined ? {} : { autocomplete: JSON.stringify(autocomplete) }),
      ...(apiGroupGuid === undefined ? {} : { api_group_guid: apiGroupGuid }),
      updated_at: now,
    })
    .where('workspace_id', '=', before.workspaceId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`The table ${before.id}`)
  return fromRow(row)
}

/** As it comes back from the database, where keys without a value are not there. */
function asStored(definition: TableDefinition): unknown {
  return JSON.parse(JSON.stringify(definition))
}

/** Removes a definition; the physical table is dropped by `ddl.ts`. */
export async function deleteDefinition(
  trx: Db,
  definition: Pick<TableDefinition, 'id' | 'workspaceId'>,
): Promise<void> {
  await trx
    .deleteFrom('table_definition')
    .where('workspace_id', '=', definition.workspaceId)
    .where('id', '=', definition.id)
    .execute()
}
