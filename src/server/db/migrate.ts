import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'

import { StartError } from '../errors.ts'
import { OWN_SCHEMA } from './connection.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Database } from './tables.ts'

/** Oldest server version that is supported and tested, as `server_version_num` counts. */
const OLDEST_SERVER = 150_000

/**
 * Brings the schema `metadeck` up to date. Kysely's migrator takes an advisory lock, so that of several processes
 * that start together one migrates and the others wait.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const version = await sql<{ number: number; text: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`.execute(db)
  const server = version.rows[0]
  if (server !== undefined && server.number < OLDEST_SERVER) {
    throw new StartError(
      `The database runs PostgreSQL ${server.text}, and Metadeck needs 15 or later. Upgrade that server.`,
    )
  }
  const migrator = new Migrator({
    db: db.withoutPlugins(),
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
    migrationTableSchema: OWN_SCHEMA,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('The database migration failed.', { cause: error })
  }
}
