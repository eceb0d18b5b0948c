import { sql } from 'kysely'
import pg from 'pg'

import type { Db } from '../db/connection.ts'
import { LIVE_DATA_SOURCE, schemaName } from '../db/workspace.ts'
import { completeTables, createBareTable, setNextId } from '../tables/ddl.ts'
import type { TableDefinition } from '../tables/definition.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import { describeRefusal } from './refusal.ts'
import { swapPatiently } from './swap-patiently.ts'

/** Memory and helpers that building an index may use; they go back to the server's own with the transaction. */
const FASTER_KEYS = `set local maintenance_work_mem = '256MB'; set local max_parallel_maintenance_workers = 2`

/** The schema that is built, by data source. */
export type BuiltSchemas = ReadonlyMap<string, string>

/** Name of the schema that is built. A label holds no colon, so that no data source's schema can have this name. */
export function buildName(workspaceId: number, label: string): string {
  return `${schemaName(workspaceId, label)}:new`
}

/** Data sources of the workspace after a whole import; one without a live one gets it. */
export function labelsOf(manifest: Manifest): string[] {
  const labels = manifest.dataSources.map(({ label }) => label)
  return labels.includes(LIVE_DATA_SOURCE) ? labels : [LIVE_DATA_SOURCE, ...labels]
}

/** Creates every table beside the ones that are there, ready for COPY. */
export async function buildSchemas(
  db: Db,
  workspaceId: number,
  labels: readonly string[],
  definitions: readonly TableDefinition[],
): Promise<BuiltSchemas> {
  const schemas = new Map(labels.map((label) => [label, buildName(workspaceId, label)]))
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

/**
 * Adds keys and indexes once the rows are in, and sets the counters. `tables` are the manifest's, in the order of the
 * definitions. References to other tables than these get no foreign keys here.
 */
export async function finishSchemas(
  db: Db,
  tables: readonly ManifestTable[],
  schemas: BuiltSchemas,
  definitions: readonly TableDefinition[],
): Promise<void> {
  await sql.raw(FASTER_KEYS).execute(db)
  for (const [label, schema] of schemas) {
    await completeTables(db, schema, definitions).catch((error: unknown) => {
      throw describeRefusal(error)
    })
    for (const [at, definition] of definitions.entries()) {
      const nextId = tables[at]?.rows.find(({ dataSource }) => dataSource === label)?.nextId
      if (nextId !== undefined && nextId > 0) await setNextId(db, schema, definition, nextId)
    }
  }
}

/**
 * Puts the new schemas in the place of the old ones. Readers wait from here to the commit.
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
  if (dropped.length > 0) {
    await swapPatiently(client, async () => {
      await client.query(`drop schema if exists ${dropped.join(', ')} cascade`)
    })
  }
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
