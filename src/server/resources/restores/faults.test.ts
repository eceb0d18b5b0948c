import { Readable, Transform } from 'node:stream'

import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { listBackups } from '#api/contract/backups.ts'
import { cancelRestore, createRestore, getRestore, type Restore } from '#api/contract/restores.ts'

import { fingerprint, makeWorkspace, userSchemas } from '../../archive/archive-fixture.ts'
import type { Storage } from '../../storage/storage.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { backupOf, settled } from './restore-fixture.ts'

const ID = { name: 'id', type: 'int' } as const

/** What happens to a restore that is cancelled, or whose store or database fails it. */
describe('a restore that does not come to its end', () => {
  let app: TestApp
  let backupId: number
  let storeOf: TestApp['deps']['targets']['open']

  beforeAll(async () => {
    app = await createTestApp()
    storeOf = app.deps.targets.open.bind(app.deps.targets)
    const source = await makeWorkspace(app.database, 'Source', [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${source}_live.users (name) select md5(n::text) || md5((-n)::text) from generate_series(1, 30000) n`,
    )
    backupId = (await backupOf(app, source)).id
  })
  afterEach(() => {
    app.deps.targets.open = storeOf
  })
  afterAll(() => app.close())

  async function target(name: string): Promise<{ id: number; print: unknown }> {
    const id = await makeWorkspace(app.database, name, [{ name: 'users', columns: [ID] }])
    await app.database.pool.query(`insert into w${id}_live.users select from generate_series(1, 3)`)
    return { id, print: await fingerprint(app.database, id) }
  }

  async function start(workspaceId: number, confirm: string): Promise<number> {
    return (await app.call(createRestore, { body: { backupId, into: { workspaceId, confirm } } })).id
  }

  const read = (id: number): Promise<Restore> => app.call(getRestore, { params: { id } })
  const ended = (id: number): Promise<Restore> => settled(() => read(id))

  /** The store with some of its ways changed, as a slow or broken disk changes them. */
  function breakStore(change: (storage: Storage) => Partial<Storage>): void {
    app.deps.targets.open = async (id) => {
      const storage = await storeOf(id)
      return { ...storage, ...change(storage) }
    }
  }

  /** Lets every object be read up to this many bytes once it was read `free` times; no more comes then. */
  function stallReads(free: number, bytes: number): void {
    let reads = 0
    breakStore((storage) => ({
      async read(name, range) {
        const { size, stream } = await storage.read(name, range)
        reads += 1
        if (reads <= free) return { size, stream }
        let passed = 0
        const stalling = new Transform({
          transform(chunk: Buffer, _encoding, done) {
            const part = chunk.subarray(0, Math.max(0, bytes - passed))
            passed += part.length
            this.push(part)
            if (passed < bytes) done()
          },
        })
        stalling.once('close', () => stream.destroy())
        stream.once('error', (error) => stalling.destroy(error)).pipe(stalling)
        return { size, stream: stalling }
      },
    }))
  }

  async function unchanged({ id, print }: { id: number; print: unknown }): Promise<void> {
    expect(await fingerprint(app.database, id)).toEqual(print)
    expect((await userSchemas(app.database)).filter((name) => name.includes(':'))).toEqual([])
    const { items } = await app.call(listBackups, { query: { workspaceId: id } })
    expect(items).toEqual([])
  }

  const CANCELLED = { status: 'cancelled', failure: null, safetyBackupId: null }

  it('ends at once where it waits', async () => {
    const place = await target('Waits')
    const { id } = await app.database.db
      .insertInto('restore')
      .values({
        backup_id: backupId,
        workspace_id: place.id,
        workspace_name: 'Waits',
        into_new: false,
        status: 'queued',
        stage: 'queued',
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await app.call(cancelRestore, { params: { id } })).toMatchObject({ id, ...CANCELLED })
    await expect(app.call(cancelRestore, { params: { id } })).rejects.toMatchObject({ status: 409 })
    await unchanged(place)
  })

  // The definitions are read when it is asked for; the job reads all bytes, then the definitions, then all of it again.
  it.each([
    ['checking', 1, 1_000],
    ['rows', 4, 700_000],
  ])('can be cancelled in the stage %s, and nothing was changed', async (stage, free, bytes) => {
    const place = await target(`Stage ${stage}`)
    // The safety backup is read back once, too.
    stallReads(free, bytes)
    const id = await start(place.id, `Stage ${stage}`)
    await expect.poll(async () => (await read(id)).stage, { timeout: 10_000 }).toBe(stage)
    await app.call(cancelRestore, { params: { id } })
    expect(await ended(id)).toMatchObject(CANCELLED)
    await unchanged(place)
  })

  it.each([
    ['safety', 'access exclusive'],
    ['swapping', 'access share'],
  ])('can be cancelled in the stage %s, where it waits for a table', async (stage, mode) => {
    const place = await target(`Stage ${stage}`)
    const client = new pg.Client(app.database.options)
    await client.connect()
    await client.query(`begin; lock table w${place.id}_live.users in ${mode} mode`)
    const id = await start(place.id, `Stage ${stage}`)
    await expect.poll(async () => (await read(id)).stage, { timeout: 10_000 }).toBe(stage)
    expect((await read(id)).cancelling).toBe(false)
    expect(await app.call(cancelRestore, { params: { id } })).toMatchObject({ status: 'running', cancelling: true })
    expect(await ended(id)).toMatchObject({ ...CANCELLED, cancelling: false, rows: 0 })
    await client.end()
    await unchanged(place)
  })

  it('does not begin while the safety backup cannot be stored; it waits, says why, and goes on when it can', async () => {
    const place = await target('No safety')
    breakStore(() => ({
      write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    }))
    const id = await start(place.id, 'No safety')
    await expect.poll(async () => (await read(id)).failure, { timeout: 10_000 }).toMatchObject({ code: 'disk_full' })
    const waiting = await read(id)
    expect(waiting).toMatchObject({ status: 'queued', attempt: 1, undoRefusal: 'It is not done yet.' })
    expect(waiting.nextAttemptAt).not.toBeNull()
    expect(await fingerprint(app.database, place.id)).toEqual(place.print)
    app.deps.targets.open = storeOf
    const done = await ended(id)
    expect(done).toMatchObject({ status: 'succeeded', failure: null, nextAttemptAt: null, rows: 30_000 })
    expect(done.attempt).toBeGreaterThan(1)
    const { items } = await app.call(listBackups, { query: { workspaceId: place.id } })
    expect(items.map((backup) => [backup.id, backup.status])).toEqual([[done.safetyBackupId, 'succeeded']])
  })

  it('is tried again when its database connection is cut, from a fresh safety backup', async () => {
    const place = await target('Cut')
    stallReads(4, 700_000)
    const id = await start(place.id, 'Cut')
    await expect.poll(async () => (await read(id)).stage, { timeout: 10_000 }).toBe('rows')
    const { safetyBackupId } = await read(id)
    app.deps.targets.open = storeOf
    await app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy %'`,
    )
    const done = await ended(id)
    expect(done).toMatchObject({ status: 'succeeded', attempt: 2 })
    expect(done.safetyBackupId).not.toBe(safetyBackupId)
    expect(done.stages.map(({ stage }) => stage)).toEqual([
      'checking',
      'safety',
      'definitions',
      'rows',
      'keys',
      'swapping',
    ])
    const { items } = await app.call(listBackups, { query: { workspaceId: place.id } })
    expect(items.map((backup) => backup.id)).toEqual([done.safetyBackupId])
  })

  it('that was done cannot be cancelled any more', async () => {
    const place = await target('Done')
    const done = await ended(await start(place.id, 'Done'))
    await expect(app.call(cancelRestore, { params: { id: done.id } })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('undo'),
    })
    const reader = await app.callAs({ 'instance:workspace': 'r' })
    await expect(reader(cancelRestore, { params: { id: done.id } })).rejects.toMatchObject({
      payload: { scope: 'instance:workspace:update' },
    })
  })

  it('an archive that was exchanged for another sound one is refused', async () => {
    const other = await backupOf(app, (await target('Another')).id)
    const own = await backupOf(app, (await target('Exchanged')).id)
    const { db } = app.database
    const named = await db
      .selectFrom('backup')
      .select(['id', 'object_name'])
      .where('id', 'in', [other.id, own.id])
      .execute()
    const name = (id: number): string => named.find((row) => row.id === id)?.object_name ?? ''
    const storage = await storeOf(null)
    const { stream } = await storage.read(name(other.id))
    await storage.write(name(own.id), Readable.from(stream))
    const body = { backupId: own.id, into: { newWorkspace: 'Exchanged copy' } }
    const refused = await app.call(createRestore, { body }).then(
      async ({ id }) => (await ended(id)).failure?.code,
      (error: { code: string }) => error.code,
    )
    expect(refused).toBe('bad_archive')
  })
})
