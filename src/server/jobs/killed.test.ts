import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { fingerprint, makeWorkspace, userSchemas } from '../archive/archive-fixture.ts'
import { verifyArchive } from '../archive/verify.ts'
import { type BackupRow, findBackup, insertBackup, objectName } from '../resources/backups/store.ts'
import { findRestore, insertRestore } from '../resources/restores/store.ts'
import { type KillBench, killMoments, openKillBench, report } from '../testing/kill-loop.ts'

const ROWS = 150_000
const PASSWORD = 'sealed'

describe('a job whose process is killed', () => {
  let bench: KillBench
  let workspaceId: number

  beforeAll(async () => {
    bench = await openKillBench()
    workspaceId = await makeWorkspace(bench.database, 'Big', [
      {
        name: 'big',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
        indexes: [{ type: 'btree', fields: [{ name: 'text' }] }],
      },
    ])
    await bench.database.pool.query(
      `insert into w${workspaceId}_live.big (text) select md5(n::text) || md5((-n)::text) from generate_series(1, $1::int) n`,
      [ROWS],
    )
  })
  afterEach(() => bench.killAll())
  afterAll(() => bench.close())

  async function enqueueBackup(password = ''): Promise<number> {
    const { database, deps } = bench
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
    const sealedPassword = password === '' ? null : deps.vault.seal(password)
    await deps.jobs.enqueue('backup', { backupId: row.id, sealedPassword })
    return row.id
  }

  async function backupOf(id: number): Promise<BackupRow> {
    const row = await findBackup(bench.database.db, id)
    if (row === undefined) throw new Error('no such backup')
    return row
  }

  const until = (check: () => Promise<boolean>): Promise<unknown> =>
    vi.waitUntil(check, { timeout: 60_000, interval: 20 })
  const succeeded = (id: number): Promise<unknown> => until(async () => (await backupOf(id)).status === 'succeeded')

  /** The one object of a backup is what the row says it is. */
  async function requireWhole(id: number): Promise<void> {
    const row = await backupOf(id)
    expect(row).toMatchObject({ status: 'succeeded', rows: ROWS, object_name: objectName(row) })
    const path = join(bench.dataDir, 'backups', row.object_name ?? '')
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(row.sha256)
    const archive = await verifyArchive({ open: () => Promise.resolve(createReadStream(path)) }, PASSWORD)
    expect(archive.manifest.counts.rows).toBe(ROWS)
    expect(bench.stored().unfinished).toEqual([])
    const listed = await bench.database.db.selectFrom('backup').select('object_name').execute()
    expect(new Set(bench.stored().whole)).toEqual(new Set(listed.map((one) => one.object_name)))
  }

  it('a backup killed at any moment is taken up by the next process and ends whole, once', async () => {
    let worker = await bench.startWorker()
    let tookMs = 0
    // The first one of a process takes longer than those that are killed.
    for (let run = 0; run < 2; run += 1) {
      const began = Date.now()
      await succeeded(await enqueueBackup(PASSWORD))
      tookMs = Date.now() - began
    }
    const seen: Record<string, number> = {}
    for (const share of killMoments(3)) {
      const id = await enqueueBackup(PASSWORD)
      await sleep(share * tookMs)
      await bench.kill(worker)
      const { status, stage, object_name: object } = await backupOf(id)
      seen[stage] = (seen[stage] ?? 0) + 1
      expect(object === null, 'an archive is listed only when it is proven').toBe(status !== 'succeeded')
      const restarted = Date.now()
      worker = await bench.startWorker()
      await succeeded(id)
      expect(Date.now() - restarted - tookMs).toBeLessThan(30_000)
      await requireWhole(id)
    }
    report(`backups killed, by stage: ${JSON.stringify(seen)}; each ended whole; one takes ${tookMs} ms`)
  }, 600_000)

  it('a stopped worker hands its backup back within seconds; another one makes it', async () => {
    const worker = await bench.startWorker()
    const id = await enqueueBackup(PASSWORD)
    await until(async () => ['rows', 'done'].includes((await backupOf(id)).stage))
    const before = Date.now()
    await bench.kill(worker, 'SIGTERM')
    expect(Date.now() - before).toBeLessThan(10_000)
    await bench.startWorker()
    await succeeded(id)
    await requireWhole(id)
  })

  it.each(['rows', 'keys'])(
    'a restore killed in the stage %s leaves nothing half done, and is done by the next',
    async (stage) => {
      const { database, deps } = bench
      const worker = await bench.startWorker()
      const backupId = await enqueueBackup()
      await succeeded(backupId)
      const schemas = await userSchemas(database)
      const row = await insertRestore(database.db, {
        backup_id: backupId,
        workspace_id: null,
        workspace_name: `Again ${stage}`,
        into_new: true,
        created_by: 'test',
        created_at: new Date(),
      })
      const restoreOf = async (): Promise<{ status: string; stage: string; workspace_id: number | null }> =>
        (await findRestore(database.db, row.id)) ?? row
      await deps.jobs.enqueue('restore', { restoreId: row.id, sealedPassword: null })
      await until(async () => [stage, 'swapping', 'done'].includes((await restoreOf()).stage))
      await bench.kill(worker)
      await until(async () => (await bench.openTransactions()) === 0)
      if ((await restoreOf()).status !== 'succeeded') expect(await userSchemas(database)).toEqual(schemas)
      await bench.startWorker()
      await until(async () => (await restoreOf()).status === 'succeeded')
      const done = await restoreOf()
      expect(await fingerprint(database, done.workspace_id ?? 0)).toMatchObject({ rows: { big: { count: ROWS } } })
      expect(await userSchemas(database)).toHaveLength(schemas.length + 1)
    },
  )
}, 180_000)
