import { randomBytes } from 'node:crypto'

import pg from 'pg'
import { inject } from 'vitest'

import { connect, type Connection } from '../db/connection.ts'
import { withDatabase } from './global-setup.ts'

export interface TestDatabase extends Connection {
  options: pg.ClientConfig
}

/** A fresh migrated database of its own, copied from the template. `close()` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { options, template } = inject('postgres')
  const name = `mdt_${randomBytes(6).toString('hex')}`
  await onServer(options, `create database ${name} template ${template}`)
  const own = withDatabase(options, name)
  const connection = connect({ ...own, max: 6 })
  return {
    ...connection,
    options: own,
    async close() {
      await connection.close()
      await onServer(options, `drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(options: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(options)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
