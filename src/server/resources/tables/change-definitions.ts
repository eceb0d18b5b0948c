import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import { AppError, invalidInputs, notFound } from '../../errors.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import {
  holdWorkspaceRow,
  listDataSourceLabels,
  listDefinitions,
  lockDefinitions,
} from '../../tables/definition-store.ts'
import type { TableDefinition } from '../../tables/definition.ts'

/**
 * Longest wait for a table that a backup or a long query reads; who waits also keeps new
 * readers waiting, so it is told soon instead.
 */
const LOCK_TIMEOUT = '3s'

/** One change of the tables of a workspace: the transaction, what there is, and every schema to change. */
export interface DefinitionChange {
  trx: Db
  workspaceId: number
  tables: TableDefinition[]
  /** One PostgreSQL schema a data source. */
  schemas: string[]
  now: Date
}

/** Runs a change of definitions alone in its workspace: all of it or nothing, definition and tables together. */
export async function changeDefinitions<Result>(
  db: Db,
  workspaceId: number,
  now: Date,
  work: (change: DefinitionChange) => Promise<Result>,
): Promise<Result> {
  return withDatabaseErrors({}, () =>
    db.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(trx)
      await holdWorkspaceRow(trx, workspaceId)
      await lockDefinitions(trx, workspaceId)
      const tables = await listDefinitions(trx, workspaceId)
      const labels = await listDataSourceLabels(trx, workspaceId)
      const schemas = labels.map((label) => schemaName(workspaceId, label))
      return work({ trx, workspaceId, tables, schemas, now })
    }),
  )
}

/** The table in question, as it is inside the change. */
export function findTable(change: DefinitionChange, tableId: number): TableDefinition {
  const definition = change.tables.find((table) => table.id === tableId)
  if (definition === undefined) throw notFound(`The table ${tableId}`)
  return definition
}

/** Runs `work`; fields that it refuses under `prefix` (`schema.7.`) are named as the caller sent them (`name`). */
export function namingFields<Result>(prefix: string, work: () => Promise<Result>): Promise<Result> {
  return renamingParams((param) => (param.startsWith(prefix) ? param.slice(prefix.length) : param), work)
}

/**
 * Runs `work` for an address that says the type in its path: what is refused of the type is a matter of the field
 * `instead`, or of none.
 */
export function withTypeInPath<Result>(instead: string | null, work: () => Promise<Result>): Promise<Result> {
  return renamingParams((param) => (param === 'type' ? instead : param), work)
}

async function renamingParams<Result>(
  rename: (param: string) => string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const issues = error instanceof AppError ? (error.payload?.issues ?? []) : []
    if (issues.length === 0) throw error
    const [first, ...rest] = issues.flatMap(({ param, message }) => {
      const renamed = rename(param)
      return renamed === null ? [] : [{ param: renamed, message }]
    })
    if (first !== undefined) throw invalidInputs([first, ...rest])
    throw new AppError('invalid_input', issues[0]?.message ?? '', { cause: error })
  }
}
