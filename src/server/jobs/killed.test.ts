import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { fingerprint, makeWorkspace, userSchemas } from '../archive/archive-fixture.ts'
import { readConfig } from '../config.ts'
import { openHub } from '../realtime/hub.ts'
import { findBackup, insertBackup } from '../resources/backups/store.ts'
import { findRestore, insertRestore } from '../resources/restores/store.ts'
import { openFolderStorage } from '../storage/folder.ts'
import { openTargets } from '../storage/open-targets.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { createVault } from '../vault.ts'
import { openJobQueue } from './open-queue.ts'
import type { JobQueue } from './queue.ts'

const ROWS = 400_000
const PASSWORD = 'sealed'

describe('a job whose process is killed', () => {
  let database: TestDatabase
  let dataDir: string
  let queue: JobQueue
  let workspaceId: number
  const vault = createVault(Buffer.alloc(32, 7))
  const workers: ChildProcess[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    dataDir = mkdtempSync(join(tmpdir(), 'mdt-kill-'))
    workspaceId = await makeWorkspace(database, 'Big', [
      {
        name: 'big',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
        indexes: [{ type: 'btree', fields: [{ name: 'text' }] }],
      },
    ])
    await database.pool.query(
      `insert into w${workspaceId}_live.big (text) select md5(n::text) || md5((-n)::text) from generate_series(1, $1::int) n`,
      [ROWS],
    )
    const hub = await openHub(database.options, () => undefined)
    const storage = await openFolderStorage(join(dataDir, 'backups'))
    const files = await openFolderStorage(join(dataDir, 'files'))
    const config = readConfig({ DATA_DIR: dataDir, METADECK_ROLE: 'web' })
    const log = pino({ level: 'silent' })
    const deps = {
      config,
      publicUrl: () => '',
      version: 'x',
      connection: database,
      hub,
      targets: openTargets({ db: database.db, vault: createVault(Buffer.alloc(32, 7)), builtIn: storage }),
      files,
      vault,
      now: () => new Date(),
      log,
    }
    const opened = await openJobQueue(deps, database.options)
    queue = { ...opened, close: () => Promise.all([opened.close(), hub.close()]).then(() => undefined) }
  })
  afterEach(async () => {
    for (const worker of workers.splice(0)) await kill(worker)
  })
  afterAll(async () => {
    await queue.close()
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function startWorker(): Promise<ChildProcess> {
    const argument = JSON.stringify({ options: database.options, dataDir })
    const script = join(import.meta.dirname, 'worker-process.ts')
    const worker = spawn(process.execPath, [script, argument], { stdio: ['ignore', 'pipe', 'inherit'] })
    workers.push(worker)
    await once(worker.stdout, 'data')
    return worker
  }

  async function kill(worker: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (worker.exitCode !== null || worker.signalCode !== null) return
    worker.kill(signal)
    await once(worker, 'exit')
  }

  async function enqueueBackup(password = ''): Promise<number> {
    const row = await insertBackup(database.db, {
      workspace_id: workspaceId,
      workspace_name: 'Big',
      branch: 'v1',
      kind: 'manual',
      definition_only: false,
      encrypted: password !== '',
      created_by: 'test',
      created_at: new Date(),
    })
    await queue.enqueue('backup', { backupId: row.id, sealedPassword: password === '' ? null : vault.seal(password) })
    return row.id
  }

  const until = (check: () => Promise<boolean>): Promise<unknown> =>
    vi.waitUntil(check, { timeout: 60_000, interval: 20 })
  const backupIs =
    (id: number, fits: (row: { status: string; stage: string }) => boolean) => async (): Promise<boolean> => {
      const row = await findBackup(database.db, id)
      return row !== undefined && fits(row)
    }
  const restoreIs =
    (id: number, fits: (row: { status: string; stage: string }) => boolean) => async (): Promise<boolean> => {
      const row = await findRestore(database.db, id)
      return row !== undefined && fits(row)
    }

  it.each(['rows', 'verifying'])(
    'a backup killed in the stage %s is started over and ends whole, once',
    async (stage) => {
      const worker = await startWorker()
      const id = await enqueueBackup(PASSWORD)
      await until(backupIs(id, (row) => row.stage === stage || row.stage === 'done'))
      await kill(worker)
      expect(await findBackup(database.db, id)).toMatchObject({ status: 'running', object_name: null })
      await startWorker()
      await until(backupIs(id, (row) => row.status === 'succeeded'))
      const row = await findBackup(database.db, id)
      expect(row).toMatchObject({ rows: ROWS, object_name: `backup-${id}.xano` })
      expect(readdirSync(join(dataDir, 'backups')).filter((name) => name.startsWith('.'))).toEqual([])
    },
  )

  it('a stopped worker hands its backup back within seconds; another one makes it', async () => {
    const worker = await startWorker()
    const id = await enqueueBackup()
    await until(backupIs(id, (row) => row.stage === 'rows' || row.stage === 'done'))
    const before = Date.now()
    await kill(worker, 'SIGTERM')
    expect(Date.now() - before).toBeLessThan(10_000)
    await startWorker()
    await until(backupIs(id, (row) => row.status === 'succeeded'))
  })

  it.each(['checking', 'rows', 'swapping'])(
    'a restore killed in the stage %s leaves nothing half done, and is done by the next',
    async (stage) => {
      const first = await startWorker()
      const backupId = await enqueueBackup()
      await until(backupIs(backupId, (row) => row.status === 'succeeded'))
      const schemas = await userSchemas(database)
      const row = await insertRestore(database.db, {
        backup_id: backupId,
        workspace_id: null,
        workspace_name: `Again ${stage}`,
        into_new: true,
        created_by: 'test',
        created_at: new Date(),
      })
      await queue.enqueue('restore', { restoreId: row.id, sealedPassword: null })
      await until(restoreIs(row.id, (one) => one.stage === stage || one.stage === 'done'))
      await kill(first)
      await until(async () => (await openTransactions()) === 0)
      expect((await findRestore(database.db, row.id))?.status).toBe('running')
      expect(await userSchemas(database)).toEqual(schemas)
      await startWorker()
      await until(restoreIs(row.id, (one) => one.status === 'succeeded'))
      const done = await findRestore(database.db, row.id)
      expect(await fingerprint(database, done?.workspace_id ?? 0)).toMatchObject({ rows: { big: { count: ROWS } } })
      expect(await userSchemas(database)).toHaveLength(schemas.length + 1)
    },
  )

  async function openTransactions(): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and application_name = 'metadeck'`,
    )
    return rows[0]?.count ?? 0
  }
}, 180_000)
