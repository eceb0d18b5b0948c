import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { StartError } from '../../errors.ts'

/** PostgreSQL's own file about its running server: pid, folder, start time, port, socket folder, ..., status. */
interface PostmasterFile {
  pid: number
  port: number
  /** Empty where it listens to no socket (Windows). */
  socketFolder: string
  status: string
}

/** Reads `postmaster.pid`; null when there is none or it is half written. */
export function readPostmasterFile(cluster: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return null
    const [port, socketFolder, , , status] = lines.slice(3).map((line) => line.trim())
    return { pid, port: Number(port), socketFolder: socketFolder ?? '', status: status ?? '' }
  } catch {
    return null
  }
}

const POLL_MS = 20
const FAST_MS = 8_000
const IMMEDIATE_MS = 4_000

/**
 * Ends a server that a killed Metadeck left running on this cluster. Call it only while holding the folder's lock:
 * then whatever runs there is nobody's. SIGINT first (fast: rolls back, writes a checkpoint), SIGQUIT if that hangs
 * (the log is replayed at the next start).
 */
export async function endOrphan(cluster: string): Promise<void> {
  const file = readPostmasterFile(cluster)
  if (file === null || !isPostgres(file.pid)) return
  for (const [signal, limitMs] of [
    ['SIGINT', FAST_MS],
    ['SIGQUIT', IMMEDIATE_MS],
  ] as const) {
    process.kill(file.pid, signal)
    if (await hasEnded(file.pid, limitMs)) return
  }
  throw new StartError(
    `A PostgreSQL server (process ${file.pid}) still runs on ${cluster} and does not stop. End it, then start again.`,
  )
}

async function hasEnded(pid: number, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += POLL_MS) {
    if (!isPostgres(pid)) return true
    await sleep(POLL_MS)
  }
  return false
}

/** True where the process is there and, as far as the system tells, a PostgreSQL server. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  try {
    const isZombie = readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
    return !isZombie && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}
