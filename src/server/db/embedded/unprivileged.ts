import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { userInfo } from 'node:os'

import { StartError } from '../../errors.ts'

/** How to start a PostgreSQL program so that it does not run as root, which PostgreSQL refuses. */
export interface Launch {
  /** Program and arguments to run for `program args...`. */
  command(program: string, args: readonly string[]): [string, string[]]
  /** User and group to run as; undefined = as we are. */
  as: { uid: number; gid: number } | undefined
}

const NOBODY = 65_534
const UNSHARE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]

const direct = (program: string, args: readonly string[]): [string, string[]] => [program, [...args]]

/**
 * Picks the way: as ourselves for a normal user; for root, and for a user that has a number but no name (containers),
 * in a user namespace, which works where only root can read the folder; else, for root, as the user `nobody`, to whom
 * `folders` are handed; else one sentence that says what to do.
 */
export function chooseLaunch(postgres: string, folders: readonly string[]): Launch {
  if (process.getuid?.() !== 0 && hasName()) return { command: direct, as: undefined }
  if (process.platform === 'linux' && spawnSync('unshare', [...UNSHARE, 'true']).status === 0) {
    return { command: (program, args) => ['unshare', [...UNSHARE, program, ...args]], as: undefined }
  }
  if (process.getuid?.() !== 0) return { command: direct, as: undefined }
  const as = { uid: NOBODY, gid: NOBODY }
  const reachable = folders.every((folder) => spawnSync('test', ['-d', folder], as).status === 0)
  if (reachable && spawnSync(postgres, ['--version'], as).status === 0) {
    for (const folder of folders) chownSync(folder, as.uid, as.gid)
    return { command: direct, as }
  }
  throw new StartError(
    'PostgreSQL does not run as root, and this system allows neither a user namespace nor the user "nobody" in DATA_DIR. Start Metadeck as a normal user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

/** PostgreSQL looks its user up by number and refuses one without a name. */
function hasName(): boolean {
  try {
    userInfo()
    return true
  } catch {
    return false
  }
}
