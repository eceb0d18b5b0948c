import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'

import { StartError } from '../../errors.ts'
import { EMBEDDED_USER } from './cluster.ts'
import { lockHolder } from './folder-lock.ts'
import { readPostmasterFile } from './orphan.ts'
import { EMBEDDED_DATABASE, localPassword } from './server.ts'

/** How long a Metadeck that is just starting may take until its database is ready. */
const READY_LIMIT_MS = 60_000
const POLL_MS = 50

/**
 * How to reach the embedded database that a live Metadeck runs on this folder, as a further client of it; null where
 * none does. Starts and stops nothing.
 */
export async function joinEmbedded(dataDir: string): Promise<pg.ClientConfig | null> {
  for (let waited = 0; waited < READY_LIMIT_MS; waited += POLL_MS) {
    const holder = lockHolder(dataDir)
    if (holder === null) return null
    const file = readPostmasterFile(join(dataDir, 'db'))
    if (file?.status === 'ready') {
      const place =
        file.socketFolder === '' ? { host: '127.0.0.1', password: localPassword(dataDir) } : { host: file.socketFolder }
      return { ...place, port: file.port, user: EMBEDDED_USER, database: EMBEDDED_DATABASE }
    }
    await sleep(POLL_MS)
  }
  throw new StartError(
    `A Metadeck (process ${lockHolder(dataDir) ?? 'unknown'}) holds the data folder ${dataDir}, and its database did not get ready within a minute. Look at its log.`,
  )
}
