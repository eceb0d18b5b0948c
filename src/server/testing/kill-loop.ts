import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { pino } from 'pino'

import { readConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import { openJobQueue } from '../jobs/open-queue.ts'
import { openHub } from '../realtime/hub.ts'
import { openFolderStorage } from '../storage/folder.ts'
import { openTargets } from '../storage/open-targets.ts'
import { createVault } from '../vault.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** Worker processes on one database and one folder, made to be killed. */
export interface KillBench {
  database: TestDatabase
  dataDir: string
  /** What this process does things with; its queue takes no jobs. */
  deps: Deps
  /** Starts a worker and waits until it takes jobs. */
  startWorker(): Promise<ChildProcess>
  /** Ends a worker and waits until it is gone. */
  kill(worker: ChildProcess, signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
  killAll(): Promise<void>
  /** Names of the stored archives, and of what is left of unfinished ones. */
  stored(): { whole: string[]; unfinished: string[] }
  /** Transactions that killed workers left open; the database ends them when it notices. */
  openTransactions(): Promise<number>
  close(): Promise<void>
}

/** Opens a fresh database and folder, and a queue that workers share. */
export async function openKillBench(): Promise<KillBench> {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'mdt-kill-'))
  const vault = createVault(Buffer.alloc(32, 7))
  const workers = new Set<ChildProcess>()
  const base = {
    config: readConfig({ DATA_DIR: dataDir, METADECK_ROLE: 'web' }),
    publicUrl: () => '',
    version: '0.0.0-test',
    connection: database,
    hub: await openHub(database.options, () => undefined),
    targets: openTargets({ db: database.db, vault, builtIn: await openFolderStorage(join(dataDir, 'backups')) }),
    files: await openFolderStorage(join(dataDir, 'files')),
    vault,
    now: () => new Date(),
    log: pino({ level: 'silent' }),
  }
  const jobs = await openJobQueue(base, database.options)
  const kill: KillBench['kill'] = async (worker, signal = 'SIGKILL') => {
    workers.delete(worker)
    if (worker.exitCode !== null || worker.signalCode !== null) return
    worker.kill(signal)
    await once(worker, 'exit')
  }
  const killAll = async (): Promise<void> => {
    for (const worker of workers) await kill(worker)
  }
  return {
    database,
    dataDir,
    deps: { ...base, jobs },
    kill,
    killAll,
    async startWorker() {
      const worker = spawnWorker(database, dataDir)
      workers.add(worker)
      if (worker.stdout !== null) await once(worker.stdout, 'data')
      return worker
    },
    stored() {
      const names = readdirSync(join(dataDir, 'backups'))
      const isUnfinished = (name: string): boolean => name.startsWith('.')
      return { whole: names.filter((name) => !isUnfinished(name)), unfinished: names.filter(isUnfinished) }
    },
    openTransactions: () => countTransactions(database),
    async close() {
      await killAll()
      await jobs.close()
      await base.hub.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function spawnWorker({ options }: TestDatabase, dataDir: string): ChildProcess {
  const script = join(import.meta.dirname, '../jobs/worker-process.ts')
  const argument = JSON.stringify({ options, dataDir })
  return spawn(process.execPath, [script, argument], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function countTransactions({ pool }: TestDatabase): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and application_name = 'metadeck'`,
  )
  return rows[0]?.count ?? 0
}

/** Moments between the beginning and the end of a job, as shares of its time: `usual` of them, many in a campaign. */
export function killMoments(usual: number): number[] {
  const count = killCount(usual)
  // One in each of as many equal parts, at random: none of the stages is missed by chance.
  return Array.from({ length: count }, (_, at) => (at + Math.random()) / count)
}

/** How often a job is killed: `usual` times, many times in a campaign. */
export function killCount(usual: number): number {
  return process.env['METADECK_CAMPAIGN'] === undefined ? usual : CAMPAIGN_MOMENTS
}

const CAMPAIGN_MOMENTS = 24

/** Tells a figure of a campaign to whoever runs it. */
export function report(line: string): void {
  process.stdout.write(`${line}\n`)
}
