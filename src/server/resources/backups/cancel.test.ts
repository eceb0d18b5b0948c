import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type Backup, cancelBackup, createBackup, getBackup } from '#api/contract/backups.ts'
import { uploadFile } from '#api/contract/files.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createStall, keepStores, type Stall, withStore } from '../../jobs/job-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

describe('cancelling a backup', () => {
  let app: TestApp
  let shop: number
  let putStoresBack: () => void

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    shop = await makeWorkspace(app.database, 'Shop', [
      {
        name: 'big',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
      },
    ])
    await app.database.pool.query(
      `insert into w${shop}_live.big (text) select md5(n::text) || md5((-n)::text) from generate_series(1, 100000) n`,
    )
    await app.call(uploadFile, {
      params: { workspace_id: shop },
      body: {},
      file: { content: new Blob(['hello']), name: 'a.txt' },
    })
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  const read = (id: number): Promise<Backup> => app.call(getBackup, { params: { id } })
  const stored = (): string[] => readdirSync(join(app.dataDir, 'backups'))

  async function openTransactions(): Promise<number> {
    const { rows } = await app.database.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and application_name = 'metadeck'`,
    )
    return rows[0]?.count ?? 0
  }

  const stages: Record<string, (stall: Stall) => Promise<unknown>> = {
    definitions: async (stall) => {
      const client = await app.database.pool.connect()
      await client.query(`begin; lock table w${shop}_live.big`)
      void stall.stop().then(() => client.query('rollback').then(() => client.release()))
    },
    rows: (stall) => withStore(app, (folder) => ({ write: (name, source) => folder.write(name, stall.slow(source)) })),
    files: async (stall) => {
      const readFile = app.deps.files.read.bind(app.deps.files)
      app.deps.files.read = async (name, range) => {
        const { size, stream } = await readFile(name, range)
        return { size, stream: stall.slow(stream) }
      }
    },
    storing: (stall) =>
      withStore(app, (folder) => ({
        async write(name, source) {
          const bytes = await folder.write(name, source)
          await stall.stop()
          return bytes
        },
      })),
    verifying: (stall) =>
      withStore(app, (folder) => ({
        async read(name, range) {
          await stall.stop()
          return folder.read(name, range)
        },
      })),
  }

  it.each(Object.keys(stages))('in the stage %s ends it, and nothing of it stays', async (stage) => {
    const [stall, before] = [createStall(), stored()]
    await stages[stage]?.(stall)
    const { id } = await app.call(createBackup, { body: { workspaceId: shop } })
    await stall.reached
    await expect.poll(async () => (await read(id)).stage, { timeout: 5_000 }).toBe(stage)
    const asked = await app.call(cancelBackup, { params: { id } })
    expect(asked.status).toBe('running')
    // A store that is busy making bytes safe cannot be interrupted; anything else ends by itself.
    if (stage === 'storing') stall.go()
    await expect.poll(async () => (await read(id)).status, { timeout: 5_000 }).toBe('cancelled')
    stall.go()
    expect(await read(id)).toMatchObject({ failure: null, hasArchive: false, verifiedAt: null, summary: null })
    await expect.poll(stored).toEqual(before)
    await expect.poll(openTransactions).toBe(0)
    await expect(app.call(cancelBackup, { params: { id } })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('one that waits, for its turn or to be tried again, ends at once and is not begun', async () => {
    const { id } = await app.database.db
      .insertInto('backup')
      .values({
        workspace_id: shop,
        workspace_name: 'Shop',
        branch: 'v1',
        kind: 'manual',
        definition_only: false,
        encrypted: false,
        status: 'queued',
        stage: 'queued',
        failure: JSON.stringify({ code: 'disk_full', message: 'x' }),
        next_attempt_at: app.deps.now(),
        created_by: 'test',
        created_at: app.deps.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const cancelled = await app.call(cancelBackup, { params: { id } })
    expect(cancelled).toMatchObject({ status: 'cancelled', failure: null, nextAttemptAt: null })
    expect(cancelled.finishedAt).not.toBeNull()
    await app.deps.jobs.enqueue('backup', { backupId: id, sealedPassword: null })
    const { id: next } = await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await expect.poll(async () => (await read(next)).status, { timeout: 10_000 }).toBe('succeeded')
    expect(await read(id)).toMatchObject({ status: 'cancelled', startedAt: null })
  })

  it('what is not there or out of reach is not cancelled', async () => {
    await expect(app.call(cancelBackup, { params: { id: 99_999 } })).rejects.toMatchObject({ code: 'not_found' })
    const elsewhere = await app.callAs({ 'instance:workspace': 'crud' }, [999])
    const { id } = await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await expect(elsewhere(cancelBackup, { params: { id } })).rejects.toMatchObject({ code: 'access_denied' })
  })

  it('a safety backup is ended by cancelling its restore only', async () => {
    const { id } = await app.database.db
      .insertInto('backup')
      .values({
        workspace_id: shop,
        workspace_name: 'Shop',
        branch: 'v1',
        kind: 'safety',
        definition_only: false,
        encrypted: false,
        status: 'running',
        stage: 'rows',
        summary: null,
        failure: null,
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await expect(app.call(cancelBackup, { params: { id } })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Cancel the restore/),
    })
  })
})
