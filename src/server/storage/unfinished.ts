import { createHash, randomUUID } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** What nobody has written to for this long belongs to a process that is gone, wherever that ran. */
const STALE_MS = 24 * 3_600_000
/** Where a process id means the same process: this machine and, in a container, this container. */
const HOME = createHash('sha256').update(`${hostname()} ${processSpace()}`).digest('hex').slice(0, 12)

/** Linux only; other systems have one space of process ids a machine. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

/** A new name for a file that is being written; it tells which process does. */
export function unfinishedName(prefix: string): string {
  return `${prefix}${HOME}-${process.pid}-${randomUUID()}`
}

/**
 * Removes the files under such names whose process is gone, and those nobody has written to for a day. What others are
 * writing stays: several processes may share the folder. A folder that is not there holds none.
 */
export async function removeUnfinished(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    if (isOwnerGone(name.slice(prefix.length)) || (await isStale(path))) await rm(path, { force: true })
  }
}

/** False where it cannot be told. */
function isOwnerGone(rest: string): boolean {
  const [home, pid] = rest.split('-')
  if (home !== HOME || pid === undefined || !/^[1-9]\d*$/.test(pid)) return false
  try {
    // Sends nothing: asks whether the process is there.
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

async function isStale(path: string): Promise<boolean> {
  // Another process may have removed it meanwhile.
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtimeMs < Date.now() - STALE_MS
}
