import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Config } from '../config.ts'
import { StartError } from '../errors.ts'
import { connect, type Connection } from './connection.ts'
import { joinEmbedded } from './embedded/join-server.ts'
import { type EmbeddedServer, startEmbedded } from './embedded/server.ts'

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

/** A database that other processes use too. */
export interface SharedDatabase extends OpenedDatabase {
  /** True where this process runs the database server: nobody else does jobs on it. */
  isOurs: boolean
}

/**
 * The same for a short-lived process beside others: where a Metadeck runs the embedded database already, this is a
 * further client of it, and closing leaves it running. A database that was started here is stopped when the last of
 * those that joined it has left.
 */
export async function openSharedDatabase(config: Config, onCrash: (reason: string) => void): Promise<SharedDatabase> {
  if (config.databaseUrl !== undefined) return { ...(await openDatabase(config, onCrash)), isOurs: false }
  const { dataDir } = config
  const joined = await joinEmbedded(dataDir)
  if (joined !== null) return asGuest(joined)
  try {
    return asHost(await startEmbedded(dataDir, onCrash))
  } catch (error) {
    // Another process was faster.
    const late = await joinEmbedded(dataDir)
    if (late === null) throw error
    return asGuest(late)
  }
}

function asGuest(options: pg.ClientConfig): SharedDatabase {
  const connection = connect(options)
  return { connection, options, isOurs: false, close: () => connection.close() }
}

function asHost(server: EmbeddedServer): SharedDatabase {
  const { options } = server
  const connection = connect(options)
  return {
    connection,
    options,
    isOurs: true,
    async close() {
      await connection.close()
      await untilAlone(options).catch(() => undefined)
      await server.stop()
    },
  }
}

const ALONE_POLL_MS = 500

/** Waits until no other Metadeck is connected. */
async function untilAlone(options: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...options, application_name: 'metadeck, last one' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (;;) {
      const others = await client.query(
        `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and starts_with(application_name, 'metadeck')`,
      )
      if (others.rowCount === 0) return
      await sleep(ALONE_POLL_MS)
    }
  } finally {
    await client.end()
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
