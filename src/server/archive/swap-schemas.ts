import { setTimeout as sleep } from 'node:timers/promises'

import { sql } from 'kysely'
import pg from 'pg'

import type { Db } from '../db/connection.ts'
import { LIVE_DATA_SOURCE, schemaName } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import { completeTables, createBareTable, setNextId } from '../tables/ddl.ts'
import type { TableDefinition } from '../tables/definition.ts'
import type { Manifest } from './manifest.ts'
import { describeRefusal } from './refusal.ts'

/** The schema that is built, by data source. */
export type BuiltSchemas = ReadonlyMap<string, string>

/** A label holds no colon, so that no data source's schema can have this name. */
function buildName(workspaceId: number, label: string): string {
  return `${schemaName(workspaceId, label)}:new`
}

/** Data sources of the workspace after the import; one without a live one gets it. */
function labelsOf(manifest: Manifest): string[] {
  const labels = manifest.dataSources.map(({ label }) => label)
  return labels.includes(LIVE_DATA_SOURCE) ? labels : [LIVE_DATA_SOURCE, ...labels]
}

/** Creates every table beside the ones that are there, ready for COPY. */
export async function buildSchemas(
  db: Db,
  workspaceId: number,
  manifest: Manifest,
  definitions: readonly TableDefinition[],
): Promise<BuiltSchemas> {
  const schemas = new Map(labelsOf(manifest).map((label) => [label, buildName(workspaceId, label)]))
  for (const schema of schemas.values()) {
    await sql`create schema ${sql.id(schema)}`.execute(db)
    for (const definition of definitions) {
      await createBareTable(db, schema, definition).catch((error: unknown) => {
        throw describeRefusal(error, definition.name)
      })
    }
  }
  return schemas
}

/** Adds keys and indexes once the rows are in, and sets the counters. */
export async function finishSchemas(
  db: Db,
  manifest: Manifest,
  schemas: BuiltSchemas,
  definitions: readonly TableDefinition[],
): Promise<void> {
  for (const [label, schema] of schemas) {
    await completeTables(db, schema, definitions).catch((error: unknown) => {
      throw describeRefusal(error)
    })
    for (const [at, definition] of definitions.entries()) {
      const nextId = manifest.tables[at]?.rows.find(({ dataSource }) => dataSource === label)?.nextId
      if (nextId !== undefined && nextId > 0) await setNextId(db, schema, definition, nextId)
    }
  }
}

/** How long the old tables may be in use before the import gives up: a long export holds them. */
const PATIENCE_MS = 600_000
/** How long one attempt may keep readers waiting behind it. */
const ATTEMPT_MS = 2_000
const PAUSE_MS = 500

/**
 * Puts the new schemas in the place of the old ones. Readers wait from here to the commit. An attempt that cannot
 * have the old tables soon lets the readers go first and is made again.
 */
export async function swapSchemas(
  client: pg.ClientBase,
  workspaceId: number,
  manifest: Manifest,
  schemas: BuiltSchemas,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`metadeck.definitions.${workspaceId}`])
  const before = await client.query<{ label: string }>(
    'select label from metadeck.data_source where workspace_id = $1 for update',
    [workspaceId],
  )
  const dropped = before.rows.map(({ label }) => pg.escapeIdentifier(schemaName(workspaceId, label)))
  await dropPatiently(client, dropped)
  for (const [label, schema] of schemas) {
    const final = pg.escapeIdentifier(schemaName(workspaceId, label))
    await client.query(`alter schema ${pg.escapeIdentifier(schema)} rename to ${final}`)
  }
  await client.query('delete from metadeck.data_source where workspace_id = $1', [workspaceId])
  for (const label of schemas.keys()) {
    const color = manifest.dataSources.find((source) => source.label === label)?.color ?? ''
    await client.query(
      'insert into metadeck.data_source (workspace_id, label, color, created_at) values ($1, $2, $3, clock_timestamp())',
      [workspaceId, label, color],
    )
  }
}

async function dropPatiently(client: pg.ClientBase, schemas: readonly string[]): Promise<void> {
  if (schemas.length === 0) return
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    await client.query('savepoint before_drop')
    try {
      await client.query(`set local lock_timeout = ${ATTEMPT_MS}`)
      await client.query(`drop schema if exists ${schemas.join(', ')} cascade`)
      await client.query('set local lock_timeout = 0')
      await client.query('release savepoint before_drop')
      return
    } catch (error) {
      // 55P03: a lock was not to be had in time; 40P01: a deadlock, which waiting solves as well.
      const isBusy = error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')
      if (!isBusy) throw error
      if (Date.now() > deadline) {
        throw new AppError(
          'conflict',
          'The tables of the workspace are in use by a long operation, such as an export. Try again when it is done.',
          { cause: error },
        )
      }
      await client.query('rollback to savepoint before_drop')
      await sleep(PAUSE_MS)
    }
  }
}
