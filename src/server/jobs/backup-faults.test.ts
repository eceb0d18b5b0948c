import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline, Readable, Transform } from 'node:stream'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { makeWorkspace } from '../archive/archive-fixture.ts'
import { AppError } from '../errors.ts'
import { type BackupRow, findBackup, insertBackup } from '../resources/backups/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { runBackup } from './backup.ts'
import { attempt, createStall, jobDeps, keepStores, withStore } from './job-fixture.ts'
import { HandedBack, TryAgain } from './run.ts'

const ROWS = 60_000

describe('a backup that meets a fault', () => {
  let app: TestApp
  let workspaceId: number
  let putStoresBack: () => void

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    const columns = [{ name: 'id', type: 'int' } as const, { name: 'text', type: 'text' } as const]
    workspaceId = await makeWorkspace(app.database, 'Shop', [
      { name: 'one', columns },
      { name: 'two', columns },
    ])
    for (const name of ['one', 'two']) {
      await app.database.pool.query(
        `insert into w${workspaceId}_live.${name} (text) select md5(n::text) || md5((-n)::text) from generate_series(1, $1::int) n`,
        [ROWS],
      )
    }
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  async function insert(more: Partial<BackupRow> = {}): Promise<number> {
    const { id } = await insertBackup(app.database.db, {
      workspace_id: workspaceId,
      workspace_name: 'Shop',
      branch: 'v1',
      kind: 'manual',
      definition_only: false,
      encrypted: false,
      created_by: 'test',
      created_at: app.deps.now(),
      ...(more as object),
    })
    return id
  }

  async function rowOf(id: number): Promise<BackupRow> {
    const row = await findBackup(app.database.db, id)
    if (row === undefined) throw new Error('no such backup')
    return row
  }

  const run = (backupId: number, more: Parameters<typeof attempt>[1] = {}): Promise<void> =>
    runBackup(jobDeps(app), { ...attempt({ backupId, sealedPassword: null }), ...(more as object) })
  const stored = (): string[] => readdirSync(join(app.dataDir, 'backups')).filter((name) => name !== '.metadeck-target')

  async function succeeds(id: number): Promise<void> {
    putStoresBack()
    await run(id, { attempt: 2 })
    const row = await rowOf(id)
    expect(row).toMatchObject({ status: 'succeeded', attempt: 2, failure: null, next_attempt_at: null, rows: 2 * ROWS })
    expect(stored().filter((name) => name === row.object_name)).toHaveLength(1)
  }

  /** Breaks the stream behind its first bytes. */
  function broken(source: Readable, error: Error): Readable {
    const cut = new Transform({
      transform(chunk, _encoding, done) {
        this.push(chunk)
        done(error)
      },
    })
    return pipeline(source, cut, () => undefined)
  }

  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const away = new AppError('not_ready', 'The target does not answer.', { payload: { reason: 'target_unreachable' } })

  it.each([
    ['the disk is full', full, 'disk_full'],
    ['the target vanishes while it is written', away, 'not_ready'],
  ])('%s: nothing stays, the run is kept, tried again, and then good', async (_what, error, code) => {
    await withStore(app, (folder) => ({ write: (name, source) => folder.write(name, broken(source, error)) }))
    const [id, before] = [await insert(), stored()]
    await expect(run(id)).rejects.toBeInstanceOf(TryAgain)
    const waiting = await rowOf(id)
    expect(waiting).toMatchObject({
      status: 'queued',
      stage: 'queued',
      attempt: 1,
      object_name: null,
      failure: { code },
    })
    expect(waiting.next_attempt_at?.getTime()).toBeGreaterThan(app.deps.now().getTime())
    expect(stored()).toEqual(before)
    await succeeds(id)
  })

  it.each([
    ['is cut off', (source: Readable) => broken(source, away)],
    ['is gone', undefined],
  ])('an archive that %s while it is read back is no backup, and the next attempt makes it', async (_what, change) => {
    await withStore(app, (folder) => ({
      async read(name, range) {
        if (change === undefined) throw new AppError('not_found', 'gone')
        const { size, stream } = await folder.read(name, range)
        return { size, stream: change(stream) }
      },
    }))
    const [id, before] = [await insert(), stored()]
    await expect(run(id)).rejects.toBeInstanceOf(TryAgain)
    expect(await rowOf(id)).toMatchObject({ status: 'queued', object_name: null, failure: { code: 'not_ready' } })
    expect(stored()).toEqual(before)
    await succeeds(id)
  })

  it('a disk that gives back other bytes than it was given makes no backup, and that is final', async () => {
    await withStore(app, (folder) => ({
      async read(name, range) {
        const { size, stream } = await folder.read(name, range)
        const bytes = Buffer.concat(await stream.toArray())
        bytes.writeUInt8(bytes.readUInt8(size >> 1) ^ 1, size >> 1)
        return { size, stream: Readable.from([bytes]) }
      },
    }))
    const [id, before] = [await insert(), stored()]
    await run(id)
    expect(await rowOf(id)).toMatchObject({ status: 'failed', object_name: null, failure: { code: 'bad_archive' } })
    expect(stored()).toEqual(before)
  })

  it('the connection that copies is cut: tried again', async () => {
    const stall = createStall()
    await withStore(app, (folder) => ({ write: (name, source) => folder.write(name, stall.slow(source)) }))
    const id = await insert()
    const running = run(id)
    await stall.reached
    const { rows } = await app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and query ilike 'copy %'`,
    )
    expect(rows).toHaveLength(1)
    stall.go()
    await expect(running).rejects.toBeInstanceOf(TryAgain)
    expect(await rowOf(id)).toMatchObject({ status: 'queued', failure: { code: 'connection_lost' } })
    await succeeds(id)
  })

  it('every connection to the database is cut: what the next attempt finds is made whole', async () => {
    const stall = createStall()
    await withStore(app, (folder) => ({ write: (name, source) => folder.write(name, stall.slow(source)) }))
    const id = await insert()
    const running = run(id)
    await stall.reached
    await app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    stall.go()
    await expect(running).rejects.toThrow()
    await succeeds(id)
  })

  it('the last attempt fails for good, loudly', async () => {
    await app.database.db
      .insertInto('notification_channel')
      .values({
        name: 'Hook',
        kind: 'webhook',
        settings: '{}',
        events: '["failed"]',
        created_by: 'test',
        created_at: app.deps.now(),
        updated_at: app.deps.now(),
      })
      .execute()
    await withStore(app, () => ({ write: () => Promise.reject(away), delete: () => Promise.reject(away) }))
    const id = await insert()
    await run(id, { attempt: 10, isLastAttempt: true })
    expect(await rowOf(id)).toMatchObject({ status: 'failed', next_attempt_at: null, failure: { code: 'not_ready' } })
    const told = await app.database.db.selectFrom('notification').select(['event', 'payload']).execute()
    expect(told).toMatchObject([
      {
        event: 'failed',
        payload: { message: 'The target does not answer.', url: `http://localhost/w/${workspaceId}/backups/${id}` },
      },
    ])
    await app.database.db.deleteFrom('notification_channel').execute()
  })

  it('what trying again would only repeat fails at once', async () => {
    const id = await insert({ workspace_id: null })
    await run(id)
    expect(await rowOf(id)).toMatchObject({ status: 'failed', failure: { code: 'not_found' } })
  })

  it('a process that stops hands the run back, and nothing half-written stays', async () => {
    const [stall, closing, before] = [createStall(), new AbortController(), stored()]
    await withStore(app, (folder) => ({ write: (name, source) => folder.write(name, stall.slow(source)) }))
    const id = await insert()
    const running = run(id, { signal: closing.signal })
    await stall.reached
    closing.abort(new HandedBack())
    await expect(running).rejects.toBeInstanceOf(HandedBack)
    expect(await rowOf(id)).toMatchObject({ status: 'queued', failure: null })
    expect(stored()).toEqual(before)
    await succeeds(id)
  })
})
