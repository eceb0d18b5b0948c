import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { StartError } from '../../errors.ts'
import type { Binaries } from './binaries.ts'
import type { Launch } from './unprivileged.ts'

/** Superuser of the embedded server; nothing but Metadeck can reach it. */
export const EMBEDDED_USER = 'metadeck'

/**
 * Settings of the embedded server. `wal_level=minimal` lets COPY into a table made in the same transaction skip the
 * log: a restore then writes every row once. `fsync` stays on.
 */
export const SETTINGS: Record<string, string> = {
  max_connections: '100',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
}

/** Makes the database cluster at `folder` if there is none: whole or not at all. */
export async function ensureCluster(
  folder: string,
  binaries: Binaries,
  launch: Launch,
  password: string | null,
): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return
  const fresh = `${folder}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  const args = [
    '-D',
    fresh,
    '-U',
    EMBEDDED_USER,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]
  const passwordFile = join(fresh, '..', `initdb-${randomBytes(6).toString('hex')}`)
  if (password === null) {
    // The socket lies in a folder that only this user can enter; that is the door.
    args.push('--auth=trust')
  } else {
    await writeFile(passwordFile, password, { mode: 0o600 })
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`)
  }
  try {
    await run(launch.command(binaries.initdb, args), launch.as)
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

function run([program, args]: [string, string[]], as: Launch['as']): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    })
    let text = ''
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new StartError(
            `The embedded database could not be made: ${text.trim().split('\n').at(-1) ?? `initdb ended with ${code}`}`,
          ),
        )
    })
  })
}
