import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type pg from 'pg'

/** Programs of the same major version as the server: an older `pg_dump` refuses a newer server. */
export interface PgTools {
  dump: string
  restore: string
}

/** Null where those programs are missing. */
export async function pgTools(client: pg.Client): Promise<PgTools | null> {
  const { rows } = await client.query<{ n: number }>("select current_setting('server_version_num')::int / 10000 as n")
  const folder = `/usr/lib/postgresql/${rows[0]?.n ?? 0}/bin`
  return existsSync(join(folder, 'pg_dump'))
    ? { dump: join(folder, 'pg_dump'), restore: join(folder, 'pg_restore') }
    : null
}

/** `pg_dump -Fc` of one schema into a file. */
export function pgDump(tools: PgTools, databaseUrl: string, schema: string, file: string): Promise<void> {
  return run(tools.dump, ['-Fc', '-n', schema, '-f', file, '-d', databaseUrl])
}

/** `pg_restore` of that file into the same database; the schema is moved out of the way first and put back after. */
export async function pgRestore(
  tools: PgTools,
  databaseUrl: string,
  schema: string,
  file: string,
  client: pg.Client,
): Promise<void> {
  await client.query(`alter schema ${schema} rename to ${schema}_kept`)
  try {
    await run(tools.restore, ['-d', databaseUrl, file])
  } finally {
    await client.query(`drop schema if exists ${schema} cascade`)
    await client.query(`alter schema ${schema}_kept rename to ${schema}`)
  }
}

function run(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))))
  })
}
