import { type Selectable, sql } from 'kysely'

import type { CreateDataSource, DataSource, UpdateDataSource } from '#api/contract/workspaces.ts'

import type { Db } from '../../db/connection.ts'
import type { DataSourceTable } from '../../db/tables.ts'
import { LIVE_DATA_SOURCE, schemaName } from '../../db/workspace.ts'
import { AppError, invalidInput, notFound } from '../../errors.ts'
import { completeTables, createBareTable, tableSql } from '../../tables/ddl.ts'
import type { DefinitionChange } from '../tables/change-definitions.ts'
import { renameInConstructs } from './follow-rename.ts'

export type DataSourceRow = Selectable<DataSourceTable>

/** Data sources of a workspace; `live` first. */
export async function listDataSources(db: Db, workspaceId: number): Promise<DataSource[]> {
  const rows = await db
    .selectFrom('data_source')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .orderBy('label')
    .execute()
  return rows.map((row) => toDataSource(row))
}

/** A data source as the API answers it, which is all that it says, too. */
export function toDataSource({ label, color }: DataSourceRow): DataSource {
  return { label, color }
}

/** One data source; throws `not_found`. Its row is locked. */
export async function lockDataSource(trx: Db, workspaceId: number, label: string): Promise<DataSourceRow> {
  const row = await trx
    .selectFrom('data_source')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('label', '=', label)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`The data source "${label}" of workspace ${workspaceId}`)
  return row
}

/** Adds a data source: a schema with every table of the workspace, empty. */
export async function insertDataSource(
  { trx, workspaceId, tables, now }: DefinitionChange,
  { label, color }: CreateDataSource,
): Promise<DataSourceRow> {
  await requireFreeLabel(trx, workspaceId, label)
  // At most 58 bytes: 17 for the number of the workspace, 40 for the label; PostgreSQL keeps 63.
  const schema = schemaName(workspaceId, label)
  await sql`create schema ${sql.id(schema)}`.execute(trx)
  for (const definition of tables) await createBareTable(trx, schema, definition)
  await completeTables(trx, schema, tables)
  return trx
    .insertInto('data_source')
    .values({ workspace_id: workspaceId, label, color, created_at: now })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Changes what is sent. A new label renames the schema with its rows; constructs that name the data source follow. */
export async function updateDataSource(
  change: DefinitionChange,
  before: DataSourceRow,
  input: UpdateDataSource,
): Promise<DataSourceRow> {
  const label = input.label ?? before.label
  const color = input.color ?? before.color
  if (label === before.label && color === before.color) return before
  if (label !== before.label) await renameSchema(change, before.label, label)
  return change.trx
    .updateTable('data_source')
    .set({ label, color })
    .where('workspace_id', '=', change.workspaceId)
    .where('label', '=', before.label)
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function renameSchema(
  { trx, workspaceId, tables, now }: DefinitionChange,
  from: string,
  to: string,
): Promise<void> {
  if (from === LIVE_DATA_SOURCE) {
    throw invalidInput('label', `The data source ${LIVE_DATA_SOURCE} keeps its label: calls that name none use it.`)
  }
  await requireFreeLabel(trx, workspaceId, to, from)
  const schema = schemaName(workspaceId, from)
  // An export that reads these tables by their old name must be done with them.
  for (const table of tables) await sql`lock table ${tableSql(schema, table)} in access exclusive mode`.execute(trx)
  await sql`alter schema ${sql.id(schema)} rename to ${sql.id(schemaName(workspaceId, to))}`.execute(trx)
  await renameInConstructs(trx, workspaceId, { from, to }, now)
}

/** Drops a data source with its rows. */
export async function deleteDataSource({ trx, workspaceId }: DefinitionChange, row: DataSourceRow): Promise<void> {
  if (row.label === LIVE_DATA_SOURCE) {
    throw new AppError(
      'invalid_input',
      `The data source ${LIVE_DATA_SOURCE} cannot be deleted: calls that name none use it.`,
      { payload: { reason: 'protected' } },
    )
  }
  await sql`drop schema ${sql.id(schemaName(workspaceId, row.label))} cascade`.execute(trx)
  await trx.deleteFrom('data_source').where('workspace_id', '=', workspaceId).where('label', '=', row.label).execute()
}

/** Labels that differ in case only are refused too. `except` is the label that goes. */
async function requireFreeLabel(trx: Db, workspaceId: number, label: string, except?: string): Promise<void> {
  const taken = await trx
    .selectFrom('data_source')
    .select('label')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`lower(label) = lower(${label})`)
    .execute()
  if (taken.every((row) => row.label === except)) return
  throw invalidInput('label', `A data source with the label "${label}" exists already. Choose another label.`)
}
