import pg from 'pg'

import type { Config } from '../config.ts'
import { StartError } from '../errors.ts'
import { connect, type Connection } from './connection.ts'
import { startEmbedded } from './embedded/server.ts'

export interface OpenedDatabase {
  connection: Connection
  /** For clients of their own: the listener, the job queue. */
  options: pg.ClientConfig
  /** Closes the pool, then the embedded server if there is one. */
  close(): Promise<void>
}

/** Opens the configured database: a server by `DATABASE_URL`, else the embedded one. */
export async function openDatabase(config: Config, onCrash: (reason: string) => void): Promise<OpenedDatabase> {
  if (config.databaseUrl !== undefined) {
    const options = { connectionString: config.databaseUrl }
    await proveReachable(config.databaseUrl)
    const connection = connect(options)
    return { connection, options, close: () => connection.close() }
  }
  const server = await startEmbedded(config.dataDir, onCrash)
  const connection = connect(server.options)
  return {
    connection,
    options: server.options,
    async close() {
      await connection.close()
      await server.stop()
    },
  }
}

/** One connection, so that a wrong address ends the start with a sentence instead of an error at the first query. */
async function proveReachable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query('select 1')
  } catch (error) {
    const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
    const where = url === null ? 'DATABASE_URL' : `${url.hostname}:${url.port || '5432'}${url.pathname}`
    throw new StartError(`The database at ${where} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((inner) => reasonOf(inner)).join(', ')
  return error instanceof Error && error.message !== '' ? error.message : String((error as { code?: unknown }).code)
}
