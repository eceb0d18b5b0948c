import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'

import { buildApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { prepareDataFolder } from './data-folder.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase, type OpenedDatabase } from './db/open-database.ts'
import type { Deps } from './deps.ts'
import { StartError } from './errors.ts'
import { httpAddress } from './http-address.ts'
import { openJobQueue } from './jobs/open-queue.ts'
import { openLog } from './log.ts'
import { openDeps } from './open-deps.ts'
import { openHub } from './realtime/hub.ts'
import { createOwner, isSetupNeeded, newSetupSecret } from './resources/setup/owner.ts'

export interface Running {
  url: string
  /** Null when there is an owner. */
  setupLink: string | null
  stop(): Promise<void>
}

const CONSOLE_FOLDER = join(import.meta.dirname, '..', '..', 'dist', 'console')

/** Starts everything, in the order it depends on each other; stops it in the reverse. Throws `StartError`. */
export async function start(env: Record<string, string | undefined>): Promise<Running> {
  const config = readConfig(env)
  prepareDataFolder(config.dataDir)
  const log = openLog(config.logLevel)
  const database = await openDatabase(config, (reason) => {
    log.fatal({ reason }, 'the embedded database ended unasked')
    process.exit(1)
  })
  try {
    return await startOn(config, database, log)
  } catch (error) {
    await database.close().catch(() => undefined)
    throw error
  }
}

async function startOn(config: Config, database: OpenedDatabase, log: Deps['log']): Promise<Running> {
  const { connection } = database
  await migrate(connection.db)
  if (config.owner !== undefined)
    await createOwner(connection, { ...config.owner, name: config.owner.email }, null, new Date())

  let url = config.publicUrl ?? httpAddress(config.host, config.port)
  const hub = await openHub(database.options, (error) => log.warn({ err: error }, 'event listener lost its connection'))
  const { base, instance } = await openDeps(config, database, { hub, log, publicUrl: () => url })
  const jobs = await openJobQueue(base, database.options, instance)
  const app = await buildApp({ ...base, jobs }, { consoleFolder: CONSOLE_FOLDER })
  const stop = async (): Promise<void> => {
    // Jobs are handed back while requests finish: both together have less than 10 seconds.
    await Promise.all([closeServer(app), jobs.close()])
    await hub.close()
    await database.close()
  }
  try {
    const address = await listen(app, config)
    url = config.publicUrl ?? address
    const setupLink = (await isSetupNeeded(connection.db))
      ? `${url}/setup#${await newSetupSecret(connection.db, new Date())}`
      : null
    return { url, setupLink, stop }
  } catch (error) {
    await app.close().catch(() => undefined)
    await jobs.close().catch(() => undefined)
    await hub.close().catch(() => undefined)
    throw error
  }
}

/** How long requests that run may go on after a stop was asked for; then their connections are cut. */
const FINISH_MS = 5_000
const IDLE_EVERY_MS = 100

/** Takes no new requests, lets those that run finish, and waits for no connection that has nothing to say. */
async function closeServer(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_EVERY_MS)
  const late = setTimeout(() => app.server.closeAllConnections(), FINISH_MS)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(late)
  }
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${config.port} on ${config.host} is taken by another program. Stop it, or choose another PORT.`,
      )
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(
        `Metadeck cannot listen on ${config.host}:${config.port} (${code}). Choose another HOST or PORT.`,
      )
    }
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return httpAddress(config.host, port)
}
