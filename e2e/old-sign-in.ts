import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import pg from 'pg'

import type { Server } from './server.ts'

/**
 * Lets a quarter of an hour pass for every session of the server: strong actions then ask who is there. In the database,
 * as nothing outside of it could; the embedded one says in its own file where it listens.
 */
export async function ageSignIns({ dataDir }: Server): Promise<void> {
  const [, , , port, host] = readFileSync(join(dataDir, 'db', 'postmaster.pid'), 'utf8').split('\n')
  const client = new pg.Client({ host, port: Number(port), user: 'metadeck', database: 'metadeck' })
  await client.connect()
  try {
    await client.query(`update session set created_at = created_at - interval '15 minutes'`)
  } finally {
    await client.end()
  }
}
