import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import type { Call } from '#api/client/call.ts'
import { exportWorkspace, importWorkspace } from '#api/contract/transfer.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'
import { startEmbedded } from '#server/db/embedded/server.ts'

import { importCities } from '../e2e/cities.ts'
import { OWNER, startServer } from '../e2e/server.ts'
import { createMixedTable, fillBigTable } from './big-table.ts'
import { measureArchive } from './measure-archive.ts'
import { measureBulk } from './measure-bulk.ts'
import { measureList } from './measure-list.ts'
import { measureSearch } from './measure-search.ts'
import { measureToken } from './measure-token.ts'
import { median, ms, once, report } from './measure.ts'
import { pgDump, pgRestore, pgTools } from './pg-tools.ts'
import { tokenCall } from './token-call.ts'

const folder = mkdtempSync(join(tmpdir(), 'mdb-'))
const given = process.env['BENCH_DATABASE_URL']
const embedded = given === undefined ? await startEmbedded(folder, () => undefined) : undefined
const serverUrl = given ?? `postgresql:///metadeck?host=${String(embedded?.options.host)}&user=metadeck`
// One of its own: a database that was used before belongs to another instance.
const own = await makeDatabase(serverUrl, `metadeck_bench_${process.pid}`)
const { databaseUrl } = own
const client = new pg.Client({ connectionString: databaseUrl })
await client.connect()

try {
  const { rows: version } = await client.query<{ v: string }>("select current_setting('server_version') as v")
  process.stdout.write(`Node ${process.version}, PostgreSQL ${version[0]?.v ?? ''}\n\n`)
  if (process.argv[2] !== 'archive') await measureServer()
  await measureArchive(databaseUrl, client, folder)
} finally {
  await client.end()
  await own.drop()
  await embedded?.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function makeDatabase(url: string, name: string): Promise<{ databaseUrl: string; drop(): Promise<void> }> {
  const onServer = async (statement: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    await admin.query(statement).finally(() => admin.end())
  }
  await onServer(`create database ${name} template template0 encoding 'UTF8'`)
  const made = new URL(url)
  made.pathname = `/${name}`
  return { databaseUrl: made.href, drop: () => onServer(`drop database if exists ${name} with (force)`) }
}

async function measureServer(): Promise<void> {
  const metadeck = await startServer({
    DATABASE_URL: databaseUrl,
    METADECK_OWNER_EMAIL: OWNER.email,
    METADECK_OWNER_PASSWORD: OWNER.password,
  })
  try {
    const { call, token } = await tokenCall(metadeck.url)
    const loading = performance.now()
    const { id: workspace_id } = await call(createWorkspace, { body: { name: 'Bench' } })
    const cities = { workspace_id, ...(await importCities(call, workspace_id)) }
    report(`bulk create of ${cities.rows} rows`, ms(performance.now() - loading), '', null)
    await measureTransfer(call, cities)
    const big = await createMixedTable(call, workspace_id, 'big')
    await fillBigTable(client, big)
    await measureList(metadeck.url, token, client, big)
    await measureSearch(metadeck.url, token, databaseUrl, big)
    await measureBulk({ url: metadeck.url, token, call }, client, workspace_id)
    await measureToken({ url: metadeck.url, token, databaseUrl }, client, big)
  } finally {
    await metadeck.stop()
  }
}

/** Export and import of the whole workspace against `pg_dump -Fc` and `pg_restore` of the same rows on the same server. */
async function measureTransfer(call: Call, { workspace_id }: { workspace_id: number }): Promise<void> {
  let archive = Buffer.alloc(0)
  const exportMs = await median(3, async () => {
    const reply = (await call(exportWorkspace, { params: { workspace_id }, body: {} })) as Response
    archive = Buffer.from(await reply.arrayBuffer())
  })
  const target = await call(createWorkspace, { body: { name: 'Bench import' } })
  const importMs = await median(3, () =>
    call(importWorkspace, {
      params: { workspace_id: target.id },
      body: {},
      file: { content: new Blob([new Uint8Array(archive)]), name: 'bench.xano' },
    }),
  )
  const tools = await pgTools(client)
  const dumpFile = join(folder, 'bench.dump')
  const dumpMs = tools === null ? null : await once(() => pgDump(tools, databaseUrl, `w${workspace_id}_live`, dumpFile))
  const restoreMs =
    tools === null ? null : await once(() => pgRestore(tools, databaseUrl, `w${workspace_id}_live`, dumpFile, client))
  const missing = 'pg_dump of this version: none'
  report(
    `export (${(archive.length / 1e6).toFixed(1)} MB)`,
    ms(exportMs),
    dumpMs === null ? missing : `pg_dump -Fc ${ms(dumpMs)}`,
    dumpMs === null ? null : dumpMs / exportMs,
  )
  report(
    'import',
    ms(importMs),
    restoreMs === null ? missing : `pg_restore ${ms(restoreMs)}`,
    restoreMs === null ? null : restoreMs / importMs,
  )
}
