import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { StartError } from '../../errors.ts'

/**
 * Names a running process beyond its number, which systems use again: boot, pid and start time where the system
 * tells them (Linux), the pid alone elsewhere. Null when it does not run.
 */
export function processIdentity(pid: number): string | null {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null
  }
  if (process.platform !== 'linux') return String(pid)
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces: the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not looked yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    const started = fields[19] ?? ''
    return `${boot} ${pid} ${started}`
  } catch {
    return null
  }
}

/**
 * Takes the data folder for this process; a second Metadeck on it is refused. A lock whose process is gone (killed)
 * is taken over. Answers the function that gives the folder back.
 */
export function lockFolder(dataDir: string): () => void {
  const file = join(dataDir, 'metadeck.lock')
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = readHolder(file)
      if (holder !== null) {
        throw new StartError(
          `Another Metadeck (process ${holder}) is running on the data folder ${dataDir}. Stop it, or give this one a DATA_DIR of its own.`,
        )
      }
      rmSync(file, { force: true })
    }
  }
  throw new StartError(`The data folder ${dataDir} could not be locked: ${file} keeps coming back.`)
}

/** Pid of the live Metadeck that runs on the folder; null where none does. */
export function lockHolder(dataDir: string): number | null {
  return readHolder(join(dataDir, 'metadeck.lock'))
}

/** Pid of the live process that holds the lock; null when it is gone or the file is torn. */
function readHolder(file: string): number | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; identity: string }
    return processIdentity(holder.pid) === holder.identity ? holder.pid : null
  } catch {
    return null
  }
}
