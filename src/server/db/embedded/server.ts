import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { StartError } from '../../errors.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { EMBEDDED_USER, ensureCluster, SETTINGS } from './cluster.ts'
import { lockFolder } from './folder-lock.ts'
import { endOrphan, readPostmasterFile } from './orphan.ts'
import { chooseLaunch, type Launch } from './unprivileged.ts'

/** The database on it. */
export const EMBEDDED_DATABASE = 'metadeck'
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 8_000
const POLL_MS = 10
/** Longest socket path that systems take, less the name PostgreSQL appends. */
const SOCKET_FOLDER_MAX = 80

export interface EmbeddedServer {
  /** How to reach the database `metadeck` on it. */
  options: pg.ClientConfig
  /** Fast shutdown: open transactions are rolled back. Gives the folder back. */
  stop(): Promise<void>
}

interface Running {
  child: ChildProcess
  ended: Promise<string>
}

/**
 * Starts the embedded PostgreSQL of `dataDir` (folder `db`), making it first if needed, as a child that only this
 * user can reach. `onCrash` is told when the server ends without being asked to.
 */
export async function startEmbedded(dataDir: string, onCrash: (reason: string) => void): Promise<EmbeddedServer> {
  const unlock = lockFolder(dataDir)
  try {
    const cluster = join(dataDir, 'db')
    const binaries = findBinaries()
    const socket = socketFolder(dataDir)
    const launch = chooseLaunch(binaries.postgres, [dataDir, socket])
    const password = process.platform === 'win32' ? localPassword(dataDir) : null
    await endOrphan(cluster)
    await ensureCluster(cluster, binaries, launch, password)
    const port = password === null ? 5432 : await freePort()
    const running = await launchServer(cluster, binaries, launch, socket, port)
    let stopping = false
    // However this process ends short of a kill, its database is told to end too.
    const endWithUs = (): void => void running.child.kill('SIGINT')
    process.once('exit', endWithUs)
    void running.ended.then((reason) => {
      if (!stopping) onCrash(reason)
    })
    const options: pg.ClientConfig = {
      host: password === null ? socket : '127.0.0.1',
      port,
      user: EMBEDDED_USER,
      ...(password === null ? {} : { password }),
    }
    await ensureDatabase(options)
    return {
      options: { ...options, database: EMBEDDED_DATABASE },
      async stop() {
        stopping = true
        await stopServer(running)
        process.removeListener('exit', endWithUs)
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** A short private folder for the socket: data folders may have long names, sockets may not. */
function socketFolder(dataDir: string): string {
  const name = `metadeck-${process.getuid?.() ?? 0}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 10)}`
  const base = join(tmpdir(), name).length <= SOCKET_FOLDER_MAX ? tmpdir() : '/tmp'
  const folder = join(base, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = lstatSync(folder)
  if (
    !stat.isDirectory() ||
    (process.getuid !== undefined && stat.uid !== process.getuid() && process.getuid() !== 0)
  ) {
    throw new StartError(`The folder ${folder} belongs to somebody else. Remove it, then start again.`)
  }
  chmodSync(folder, 0o700)
  return folder
}

async function launchServer(
  cluster: string,
  binaries: Binaries,
  launch: Launch,
  socket: string,
  port: number,
): Promise<Running> {
  const settings = { ...SETTINGS, port: String(port), ...listenSettings(socket) }
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
  const [program, all] = launch.command(binaries.postgres, args)
  // Detached: an interrupt at the terminal must reach Metadeck, which then stops its database last.
  const child = spawn(program, all, { ...launch.as, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  let lastLines: string[] = []
  child.stderr.on('data', (chunk: Buffer) => {
    lastLines = [
      ...lastLines,
      ...chunk
        .toString()
        .split('\n')
        .filter((line) => line !== ''),
    ].slice(-5)
  })
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', () =>
      resolve(lastLines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lastLines.at(-1) ?? ''),
    )
  })
  let failure: string | undefined
  void ended.then((reason) => (failure = reason))
  for (let waited = 0; waited < START_LIMIT_MS; waited += POLL_MS) {
    if (failure !== undefined) break
    const file = readPostmasterFile(cluster)
    if (file?.pid === child.pid && file?.status === 'ready') return { child, ended }
    await sleep(POLL_MS)
  }
  child.kill('SIGQUIT')
  throw new StartError(`The embedded database did not start: ${failure ?? 'it was not ready within a minute'}.`)
}

function listenSettings(socket: string): Record<string, string> {
  return process.platform === 'win32'
    ? { listen_addresses: '127.0.0.1' }
    : { listen_addresses: '', unix_socket_directories: socket, unix_socket_permissions: '0700' }
}

async function stopServer({ child, ended }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS)
  await ended
  clearTimeout(timer)
}

async function ensureDatabase(options: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...options, database: 'postgres' })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [EMBEDDED_DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${EMBEDDED_DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Windows has no private sockets: loopback with a password that lies beside the data. */
export function localPassword(dataDir: string): string {
  const file = join(dataDir, 'db-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
