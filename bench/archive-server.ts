import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Call } from '#api/client/call.ts'
import { type Backup, type CreateBackup, createBackup, getBackup } from '#api/contract/backups.ts'
import { createRestore, getRestore, type Restore } from '#api/contract/restores.ts'

import { OWNER, startServer } from '../e2e/server.ts'
import { tokenCall } from './token-call.ts'

const POLL_MS = 20
/** What `scripts/start.mjs` gives the server. */
const NODE_SETTINGS = {
  NODE_OPTIONS: '--max-semi-space-size=4',
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '1048576',
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/node'),
}

/** A server for one kind of work, so that its highest memory is that of this work. */
export interface ArchiveServer {
  call: Call
  /** Makes a backup, and waits until it is made and read back. */
  backUp(body: CreateBackup): Promise<Backup>
  /** Restores, and waits for the end. */
  restore(backupId: number, newWorkspace: string): Promise<Restore>
  /** Resident memory when the server was ready, and the most since then; 0 where the system does not tell. */
  residentBytes(): { idle: number; peak: number }
  stop(): Promise<void>
}

/** Starts the server as `npm start` does, on this database; `dataDir` outlives it. */
export async function startArchiveServer(databaseUrl: string, dataDir: string): Promise<ArchiveServer> {
  const server = await startServer({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    ...NODE_SETTINGS,
    METADECK_OWNER_EMAIL: OWNER.email,
    METADECK_OWNER_PASSWORD: OWNER.password,
  })
  const { call } = await tokenCall(server.url)
  const pid = server.process.pid ?? 0
  const idle = residentBytes(pid)
  let peak = idle
  const watch = setInterval(() => (peak = Math.max(peak, residentBytes(pid))), POLL_MS)
  return {
    call,
    async backUp(body) {
      const { id } = await call(createBackup, { body })
      for (;;) {
        const backup = await call(getBackup, { params: { id } })
        if (isDone(backup)) return requireGood(backup)
        await sleep(POLL_MS)
      }
    },
    async restore(backupId, newWorkspace) {
      const { id } = await call(createRestore, { body: { backupId, into: { newWorkspace } } })
      for (;;) {
        const restore = await call(getRestore, { params: { id } })
        if (isDone(restore)) return requireGood(restore)
        await sleep(POLL_MS)
      }
    },
    residentBytes: () => ({ idle, peak }),
    async stop() {
      clearInterval(watch)
      await server.stop()
    },
  }
}

type Run = Pick<Backup, 'status' | 'failure'> | Pick<Restore, 'status' | 'failure'>

function isDone({ status }: Run): boolean {
  return status !== 'queued' && status !== 'running'
}

function requireGood<Done extends Run>(run: Done): Done {
  if (run.status === 'failed' || run.status === 'cancelled') throw new Error(run.failure?.message ?? run.status)
  return run
}

function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
