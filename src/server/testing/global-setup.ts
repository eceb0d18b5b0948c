import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'
import type { TestProject } from 'vitest/node'

import { connect } from '../db/connection.ts'
import { startEmbedded } from '../db/embedded/server.ts'
import { migrate } from '../db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How tests reach the server; `template` is a migrated database to copy. */
    postgres: { options: pg.ClientConfig; template: string }
  }
}

/**
 * One PostgreSQL for the whole run (the embedded one, or `TEST_DATABASE_URL` in the project `server-external`) with a
 * migrated template that each test copies.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = project.name === 'server-external' ? process.env['TEST_DATABASE_URL'] : undefined
  const folder = mkdtempSync(join(tmpdir(), 'mdt-'))
  const server = external === undefined ? await startEmbedded(folder, () => undefined) : undefined
  const options: pg.ClientConfig = server?.options ?? { connectionString: external }
  const template = `mdt_template_${process.pid}`
  await onServer(options, async (client) => {
    // This database ends with the run: nobody misses what a power cut would lose.
    if (server !== undefined) {
      for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
        await client.query(`alter system set ${setting} = off`)
      }
      await client.query('select pg_reload_conf()')
    }
    await client.query(`drop database if exists ${template}`)
    await client.query(`create database ${template} template template0 encoding 'UTF8'`)
  })
  const connection = connect(withDatabase(options, template))
  await migrate(connection.db)
  await connection.close()
  project.provide('postgres', { options, template })
  return async () => {
    await onServer(options, async (client) => {
      const left = await client.query<{ datname: string }>(
        "select datname from pg_database where datname like 'mdt\\_%'",
      )
      for (const { datname } of left.rows) await client.query(`drop database if exists ${datname} with (force)`)
    })
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same server, another database. */
export function withDatabase(options: pg.ClientConfig, database: string): pg.ClientConfig {
  if (options.connectionString === undefined) return { ...options, database }
  const url = new URL(options.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.toString() }
}

async function onServer(options: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(options)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
