import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import { type Call, createCall } from '#api/client/call.ts'
import { verifyAudit } from '#api/contract/audit-console.ts'
import { createContent } from '#api/contract/content.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { addColumn, createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../app.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { killCount, report } from '../testing/kill-loop.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
const CHAIN_LOCK = "hashtextextended('metadeck.audit', 0)"
const folder = mkdtempSync(join(tmpdir(), 'mdt-audit-kill-'))

let test$: TestApp
let token: string
let params: { workspace_id: number; table_id: number }
let child: ChildProcess | undefined

beforeAll(async () => {
  test$ = await createTestApp()
  const input = { name: 'killed', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  token = (await insertToken(test$.database.db, input, null, new Date())).secret
  const { id: workspace_id } = await test$.call(createWorkspace, { body: { name: 'Shop' } })
  const { id: table_id } = await test$.call(createTable, { params: { workspace_id }, body: { name: 'order' } })
  params = { workspace_id, table_id }
  await test$.call(addColumn, { params, body: { name: 'note', type: 'text' } })
})
afterEach(() => child?.kill('SIGKILL'))
afterAll(async () => {
  await test$.close()
  rmSync(folder, { recursive: true, force: true })
})

function databaseUrl(): string {
  const { host, port, user, database, connectionString } = test$.database.options
  return (
    connectionString ??
    `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}&port=${port}`
  )
}

/** A whole server of its own on the same database. */
async function startServer(): Promise<Call> {
  const { PATH = '', HOME = '' } = process.env
  const place = {
    DATABASE_URL: databaseUrl(),
    DATA_DIR: folder,
    PORT: '0',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
  const server = spawn(process.execPath, [MAIN], {
    env: { PATH, HOME, ...place, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = server
  let text = ''
  while (!text.includes('\n')) text += String((await once(server.stdout, 'data'))[0])
  const base = /http:\S+/.exec(text)?.[0] ?? ''
  return createCall({ base, fetch, headers: { authorization: `Bearer ${token}` } })
}

async function kill(): Promise<void> {
  child?.kill('SIGKILL')
  if (child !== undefined) await once(child, 'exit')
}

const query = async <Row extends object>(text: string): Promise<Row[]> =>
  (await test$.database.pool.query<Row>(text)).rows

/** What is there, and what the audit log says of it. */
async function counts(): Promise<{ action: string; there: number; done: number; interrupted: number }[]> {
  return query(`
    select action, there::int, (count(*) filter (where outcome = 'done'))::int as done,
      (count(*) filter (where outcome = 'interrupted'))::int as interrupted
    from (values ('workspaceCreate', (select count(*) from metadeck.workspace)),
      ('tableCreate', (select count(*) from metadeck.table_definition)),
      ('contentCreate', (select count(*) from w${params.workspace_id}_live."order"))) as thing (action, there)
    left join metadeck.audit_record using (action) group by action, there order by action`)
}

/** The next process of the same database: it settles what the killed one left when it starts. */
async function startNext(): Promise<void> {
  const left = `select from pg_stat_activity where datname = current_database() and application_name = 'metadeck audit'`
  // The database notices that the other end of a connection is gone. The one that is left is this process's own.
  await expect.poll(async () => (await query(left)).length, { timeout: 10_000 }).toBeLessThanOrEqual(1)
  const next = await buildApp(test$.deps, { consoleFolder: folder })
  await next.ready()
  await next.close()
}

it('writes whose process is killed before they are recorded are recorded by the next one, once', async () => {
  const call = await startServer()
  const holder = new pg.Client(test$.database.options)
  await holder.connect()
  // Nothing is recorded as long as somebody else appends.
  await holder.query(`select pg_advisory_lock(${CHAIN_LOCK})`)
  const broken = Array.from({ length: 4 }, (_, n) => [
    call(createWorkspace, { body: { name: `Lost ${n}` } }),
    call(createContent, { params, body: { note: `lost ${n}` } }),
  ]).flat()
  const ended = Promise.allSettled(broken)
  await expect.poll(async () => (await counts()).map(({ there }) => there), { timeout: 10_000 }).toEqual([4, 1, 5])
  await kill()
  expect((await ended).map(({ status }) => status)).toEqual(Array(8).fill('rejected'))
  await holder.end()
  await startNext()
  // One statement was on its way when the process died: the database may have carried it out, or not.
  for (const { there, done, interrupted } of await counts()) expect(done + interrupted).toBe(there)
  const records = await query<{ outcome: string; request_id: string }>(
    `select * from metadeck.audit_record where outcome = 'interrupted' order by sequence`,
  )
  expect(records.length).toBeGreaterThanOrEqual(4)
  expect(records.find((record) => 'action' in record && record.action === 'contentCreate')).toMatchObject({
    actor_kind: 'token',
    actor_label: expect.stringMatching(/^killed \(mdk_/) as string,
    workspace_id: params.workspace_id,
    target: { kind: 'table', id: params.table_id },
    detail: { reason: 'process_ended', begunAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    address: '127.0.0.1',
  })
  await startNext()
  expect(await query(`select from metadeck.audit_record where outcome = 'interrupted'`)).toHaveLength(records.length)
  expect(await test$.call(verifyAudit)).toMatchObject({ ok: true })
}, 60_000)

// In a campaign only: what a kill at random meets is seldom the moment that counts.
it.runIf(process.env['METADECK_CAMPAIGN'] !== undefined)(
  'whenever a process is killed, no change is left without a record',
  async () => {
    const kills = killCount(1)
    for (let run = 0; run < kills; run += 1) {
      const call = await startServer()
      const over = new AbortController()
      const writers = Array.from({ length: 8 }, async (_, n) => {
        for (let item = 0; !over.signal.aborted; item += 1) {
          const write =
            item % 4 === 0
              ? call(createWorkspace, { body: { name: `Run ${run} ${n} ${item}` } })
              : call(createContent, { params, body: { note: 'x' } })
          await write.catch(() => over.abort())
        }
      })
      await sleep(200 + Math.random() * 600)
      await kill()
      await Promise.all(writers)
      await startNext()
      for (const { there, done, interrupted } of await counts()) {
        expect(done).toBeLessThanOrEqual(there)
        expect(there).toBeLessThanOrEqual(done + interrupted)
      }
      expect(await query('select from metadeck.audit_intent')).toEqual([])
    }
    expect(await test$.call(verifyAudit)).toMatchObject({ ok: true })
    const text = (await counts()).map(
      ({ action, done, interrupted }) => `${action} ${done} done, ${interrupted} interrupted`,
    )
    report(`writers killed ${kills} times; ${text.join('; ')}`)
  },
  600_000,
)
