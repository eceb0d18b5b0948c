import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { createCall } from '#api/client/call.ts'
import { getBackup } from '#api/contract/backups.ts'

import { buildApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { prepareDataFolder } from '../data-folder.ts'
import { migrate } from '../db/migrate.ts'
import { openSharedDatabase, type SharedDatabase } from '../db/open-database.ts'
import { notFound, StartError } from '../errors.ts'
import { browserAddress } from '../http-address.ts'
import { injectFetch } from '../inject-fetch.ts'
import { openJobQueue } from '../jobs/open-queue.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { openLog } from '../log.ts'
import { openDeps } from '../open-deps.ts'
import { openHub } from '../realtime/hub.ts'
import { findBackup, storedObject } from '../resources/backups/store.ts'
import { makeOperatorToken } from './operator-token.ts'
import type { Session } from './session.ts'

/** How long a Metadeck that runs beside may take to begin a job. */
const PATIENCE_MS = 3_000

/**
 * The data of this machine, worked on by the server's own code in this process: everything but a port to listen on.
 * Beside a live Metadeck it uses that one's database, and leaves jobs to it.
 */
export async function openLocal(env: Record<string, string | undefined>): Promise<Session> {
  const { config, database } = await openData(env)
  const closing: (() => Promise<void>)[] = [() => database.close()]
  const close = async (): Promise<void> => {
    // One that fails must not keep the others from ending.
    for (const step of closing.splice(0).toReversed()) await step().catch(() => undefined)
  }
  try {
    return { ...(await openOn(config, database, closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * The database of this machine's Metadeck, beside a live one or alone; close it. Throws `StartError` where there is none.
 */
export async function openData(
  env: Record<string, string | undefined>,
): Promise<{ config: Config; database: SharedDatabase }> {
  const config = readConfig({ LOG_LEVEL: 'fatal', ...env, METADECK_ROLE: 'web', ENABLED_APIS: 'meta,console' })
  requireData(config)
  prepareDataFolder(config.dataDir)
  const database = await openSharedDatabase(config, (reason) => {
    process.stderr.write(`The embedded database ended unasked: ${reason}\n`)
    process.exit(1)
  })
  return { config, database }
}

/** Where the console is, as far as the configuration tells. */
function consoleUrl({ publicUrl, host, port }: Config): string {
  return publicUrl ?? browserAddress(host, port)
}

/** The same for a link that somebody opens. Throws `StartError` where the configuration tells no address. */
export function requireConsoleUrl(config: Config): string {
  if (config.publicUrl === undefined && config.port === 0) {
    throw new StartError(
      'With PORT=0 the server has another port each time, which this command cannot know. Set PUBLIC_URL to the address that the server printed.',
    )
  }
  return consoleUrl(config)
}

/** A command must never make a new, empty Metadeck, or put archives where the server does not look for them. */
function requireData({ databaseUrl, dataDir }: Config): void {
  const isThere = existsSync(join(dataDir, 'backups'))
  if (!isThere || (databaseUrl === undefined && !existsSync(join(dataDir, 'db', 'PG_VERSION')))) {
    throw new StartError(
      `There is no Metadeck in ${dataDir}. Set DATA_DIR and DATABASE_URL as for the server, or METADECK_URL and METADECK_TOKEN.`,
    )
  }
  const { uid } = statSync(dataDir)
  // What root writes there, the server could not read. As the user "nobody" it runs only for root.
  if (process.getuid?.() === 0 && uid !== 0 && uid !== 65_534) {
    throw new StartError(`The data folder ${dataDir} belongs to the user ${uid}. Run the command as that user.`)
  }
}

async function openOn(
  config: Config,
  database: SharedDatabase,
  closing: (() => Promise<void>)[],
): Promise<Omit<Session, 'close'>> {
  const { connection } = database
  await migrate(connection.db)
  const token = await makeOperatorToken(connection.db)
  closing.push(() => token.remove())
  const hub = await openHub(database.options, () => undefined)
  closing.push(() => hub.close())
  const { base, instance } = await openDeps(config, database, {
    hub,
    log: openLog(config.logLevel),
    publicUrl: () => consoleUrl(config),
  })
  const idle = await instance.whyIdle()
  if (idle !== null) throw new StartError(idle)
  const jobs = await openJobQueue(base, database.options, instance)
  closing.push(() => jobs.close())
  const app = await buildApp({ ...base, jobs }, { consoleFolder: join(config.dataDir, 'no-console') })
  closing.push(() => app.close())
  const call = createCall({
    base: '',
    fetch: injectFetch(app),
    headers: { authorization: `Bearer ${token.secret}` },
  })
  let worker: Promise<JobQueue> | undefined
  return {
    call,
    async download(id) {
      // Through the operation first, for its rules; then the store itself: an injected answer would be held in memory.
      await call(getBackup, { params: { id } })
      const row = await findBackup(connection.db, id)
      if (row === undefined) throw notFound(`Backup ${id}`)
      return (await (await base.targets.open(row.target_id)).read(storedObject(row))).stream
    },
    async work() {
      if (worker !== undefined) return
      worker = openJobQueue({ ...base, config: { ...config, role: 'worker' } }, database.options, instance)
      const queue = await worker
      closing.push(() => queue.close())
    },
    patienceMs: database.isOurs ? 0 : PATIENCE_MS,
  }
}
