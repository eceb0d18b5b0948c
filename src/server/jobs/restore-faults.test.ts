import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { createTarget } from '#api/contract/targets.ts'

import { fingerprint, makeWorkspace, userSchemas } from '../archive/archive-fixture.ts'
import { findRestore, insertRestore, type NewRestore, type RestoreRow } from '../resources/restores/store.ts'
import { addFile } from '../testing/kill-restore.ts'
import { type S3Server, startS3Server } from '../testing/s3-server.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { attempt, createStall, jobDeps, keepStores, takeBackup, withStore } from './job-fixture.ts'
import { runRestore, sweepRestores } from './restore.ts'
import { TryAgain } from './run.ts'

const ROWS = 20_000
const ID = { name: 'id', type: 'int' } as const
const FULL = `raise exception using errcode = '53100', message = 'could not extend file: No space left on device'`

describe('a restore that meets a fault', () => {
  let app: TestApp
  let s3: S3Server
  let localId: number
  let remoteId: number
  let wanted: unknown
  let putStoresBack: () => void

  beforeAll(async () => {
    ;[app, s3] = await Promise.all([createTestApp(), startS3Server()])
    putStoresBack = keepStores(app)
    const source = await makeWorkspace(app.database, 'Source', [
      {
        name: 'users',
        columns: [ID, { name: 'name', type: 'text' }],
        indexes: [{ type: 'btree', fields: [{ name: 'name' }] }],
      },
      { name: 'orders', columns: [ID, { name: 'user_id', type: 'int', table: 'users' }] },
    ])
    await app.database.pool.query(
      `insert into w${source}_live.users (name) select md5(n::text) || md5((-n)::text) from generate_series(1, $1::int) n`,
      [ROWS],
    )
    for (const name of ['a', 'b']) await addFile(app, source, name)
    wanted = await fingerprint(app.database, source)
    const { endpoint, bucket, accessKeyId, secret } = s3
    const settings = { kind: 's3' as const, endpoint, bucket, accessKeyId }
    const { id: targetId } = await app.call(createTarget, { body: { name: 'Bucket', settings, secret } })
    localId = (await takeBackup(app, { workspaceId: source })).id
    remoteId = (await takeBackup(app, { workspaceId: source, targetId: targetId ?? 0 })).id
  })
  afterEach(() => {
    s3.fault = undefined
    putStoresBack()
  })
  afterAll(async () => {
    await app.close()
    await s3.close()
  })

  /** A workspace of its own to restore into, and the restore. */
  async function begin(name: string, backupId: number) {
    const workspaceId = await makeWorkspace(app.database, name, [{ name: 'users', columns: [ID] }])
    await app.database.pool.query(`insert into w${workspaceId}_live.users select from generate_series(1, 3)`)
    await addFile(app, workspaceId, 'own')
    const [before, files, backups] = [await fingerprint(app.database, workspaceId), stored('files'), stored('backups')]
    const id = await insert({ backup_id: backupId, workspace_id: workspaceId, workspace_name: name, into_new: false })
    return {
      id,
      workspaceId,
      async isUntouched(): Promise<void> {
        expect(await fingerprint(app.database, workspaceId)).toEqual(before)
        expect(await leftovers()).toEqual([])
        expect(stored('files')).toEqual(files)
      },
      /** Nor is there anything else left of a restore that has ended. */
      async leftNothing(): Promise<void> {
        await this.isUntouched()
        expect(await safetyBackups(workspaceId)).toEqual([])
        expect(stored('backups')).toEqual(backups)
      },
      async succeedsNext(): Promise<void> {
        putStoresBack()
        s3.fault = undefined
        await run(id, { attempt: 2 })
        const row = await rowOf(id)
        expect(row).toMatchObject({ status: 'succeeded', attempt: 2, failure: null, next_attempt_at: null, rows: ROWS })
        expect(await fingerprint(app.database, workspaceId)).toEqual(wanted)
        expect(await leftovers()).toEqual([])
        expect(await safetyBackups(workspaceId)).toEqual([{ id: row.safety_backup_id, status: 'succeeded' }])
        expect(stored('backups')).toHaveLength(backups.length + 1)
        expect(stored('files')).toHaveLength(files.length + 1)
      },
    }
  }

  async function insert(restore: Omit<NewRestore, 'created_by' | 'created_at'>): Promise<number> {
    // The sweep of the app finds no job of it in the queue; what was made in the future it leaves alone.
    const made = { created_by: 'test', created_at: new Date(Date.now() + 3_600_000) }
    return (await insertRestore(app.database.db, { ...restore, ...made })).id
  }

  async function rowOf(id: number): Promise<RestoreRow> {
    const row = await findRestore(app.database.db, id)
    if (row === undefined) throw new Error('no such restore')
    return row
  }

  const run = (restoreId: number, more: Parameters<typeof attempt>[1] = {}): Promise<void> =>
    runRestore(jobDeps(app), { ...attempt({ restoreId, sealedPassword: null }), ...(more as object) })
  const stored = (folder: 'backups' | 'files'): string[] => readdirSync(join(app.dataDir, folder)).toSorted()
  const leftovers = async (): Promise<string[]> =>
    (await userSchemas(app.database)).filter((name) => name.includes(':'))
  const safetyBackups = (workspaceId: number): Promise<{ id: number; status: string }[]> =>
    app.database.db.selectFrom('backup').select(['id', 'status']).where('workspace_id', '=', workspaceId).execute()

  /** Fails every statement of this kind as a database does whose disk is full; what it answers makes room. */
  async function fillDisk(when: 'rows' | 'keys'): Promise<() => Promise<unknown>> {
    const { pool } = app.database
    await pool.query(`create function full_row() returns trigger language plpgsql as $$ begin
      if new.id > ${ROWS / 2} then ${FULL}; end if; return new; end $$`)
    // Every table that is made gets a trigger that says so at one of its rows; or no index can be made.
    const action = `for made in select * from pg_event_trigger_ddl_commands() where object_type = 'table' loop
      execute format('create trigger full_row before insert on %s for each row execute function full_row()', made.object_identity);
      end loop`
    await pool.query(`create function full_disk() returns event_trigger language plpgsql as $$
      declare made record; begin ${when === 'rows' ? action : FULL}; end $$`)
    await pool.query(
      `create event trigger full_disk on ddl_command_end when tag in ('${when === 'rows' ? 'CREATE TABLE' : 'CREATE INDEX'}')
       execute function full_disk()`,
    )
    return () => pool.query('drop event trigger full_disk; drop function full_disk(); drop function full_row() cascade')
  }

  /** It is kept and says why; of the workspace nothing was changed. */
  async function waits(restore: Awaited<ReturnType<typeof begin>>, code: string): Promise<void> {
    const row = await rowOf(restore.id)
    expect(row).toMatchObject({ status: 'queued', stage: 'queued', rows: 0, finished_at: null, failure: { code } })
    expect(row.next_attempt_at?.getTime()).toBeGreaterThan(app.deps.now().getTime())
    await restore.isUntouched()
  }

  it.each(['rows', 'keys'] as const)(
    'the disk of the database is full at the %s: nothing is changed, it is tried again, and then done',
    async (when) => {
      const restore = await begin(`Full ${when}`, localId)
      const makeRoom = await fillDisk(when)
      await expect(run(restore.id)).rejects.toBeInstanceOf(TryAgain)
      await makeRoom()
      await waits(restore, 'disk_full')
      await restore.succeedsNext()
    },
  )

  it('the disk of the stored files is full at the second one: the first one is taken away again', async () => {
    const restore = await begin('Full files', localId)
    const write = app.deps.files.write.bind(app.deps.files)
    let writes = 0
    app.deps.files.write = (name, source) => {
      writes += 1
      const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      return writes === 1 ? write(name, source) : Promise.reject(full)
    }
    try {
      await expect(run(restore.id)).rejects.toBeInstanceOf(TryAgain)
    } finally {
      app.deps.files.write = write
    }
    expect(writes).toBe(2)
    await waits(restore, 'disk_full')
    await restore.succeedsNext()
  })

  /** Lets the archive be read whole `free` times; the next time the target vanishes in the middle of it. */
  function vanishAfter(free: number): void {
    let reads = 0
    s3.fault = ({ method }) => {
      if (method !== 'GET') return undefined
      reads += 1
      if (reads <= free) return undefined
      return reads === free + 1 ? { cutAfter: 300_000 } : 'drop'
    }
  }

  // It is read whole and hashed, then for its definitions, then for its rows.
  it.each([
    ['checked', 0],
    ['loaded', 2],
  ])('the target vanishes while the archive is %s: it is kept, tried again, and then done', async (_what, free) => {
    const restore = await begin(`Vanished ${free}`, remoteId)
    vanishAfter(free)
    await expect(run(restore.id)).rejects.toBeInstanceOf(TryAgain)
    await waits(restore, 'not_ready')
    await restore.succeedsNext()
  })

  it('the last attempt fails for good, and leaves nothing', async () => {
    const restore = await begin('Last', remoteId)
    vanishAfter(2)
    await run(restore.id, { attempt: 10, isLastAttempt: true })
    expect(await rowOf(restore.id)).toMatchObject({
      status: 'failed',
      failure: { code: 'not_ready' },
      next_attempt_at: null,
      safety_backup_id: null,
    })
    await restore.leftNothing()
  })

  /** Ends every connection to the database but the one that does it. */
  const cutAll = (): Promise<unknown> =>
    app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )

  /** Holds a table, so that whoever needs it waits until the connection is cut. */
  async function hold(workspaceId: number, mode: string, table = 'users'): Promise<pg.Client> {
    const holder = new pg.Client(app.database.options)
    holder.on('error', () => undefined)
    await holder.connect()
    await holder.query(`begin; lock table w${workspaceId}_live.${table} in ${mode} mode`)
    return holder
  }

  it.each([
    ['safety', 'access exclusive'],
    ['swapping', 'access share'],
  ])('every connection is cut in the stage %s: the next attempt does it, once', async (stage, mode) => {
    const restore = await begin(`Cut ${stage}`, localId)
    await hold(restore.workspaceId, mode)
    const running = run(restore.id).catch((error: unknown) => error)
    await expect.poll(async () => (await rowOf(restore.id)).stage).toBe(stage)
    await cutAll()
    expect(await running).toBeInstanceOf(Error)
    expect(await rowOf(restore.id)).not.toMatchObject({ status: 'succeeded' })
    await restore.isUntouched()
    await restore.succeedsNext()
  })

  it('every connection is cut while rows are loaded into a new workspace: there is one in the end', async () => {
    const [id, stall] = [await insertNew('Cut new'), createStall()]
    await stallLoading(stall, 0)
    const running = run(id).catch((error: unknown) => error)
    await stall.reached
    await cutAll()
    stall.go()
    expect(await running).toBeInstanceOf(Error)
    expect(await workspacesCalled('Cut new')).toHaveLength(0)
    putStoresBack()
    await run(id, { attempt: 2 })
    const [made, ...others] = await workspacesCalled('Cut new')
    expect(others).toEqual([])
    expect(await rowOf(id)).toMatchObject({ status: 'succeeded', workspace_id: made })
    expect(await fingerprint(app.database, made ?? 0)).toEqual(wanted)
  })

  const insertNew = (name: string): Promise<number> =>
    insert({ backup_id: localId, workspace_id: null, workspace_name: name, into_new: true })

  async function workspacesCalled(name: string): Promise<number[]> {
    const rows = await app.database.db.selectFrom('workspace').select('id').where('name', '=', name).execute()
    return rows.map(({ id }) => id)
  }

  /** An archive is hashed and its definitions are read as ever, and `safety` backups, too; its rows come when they are let go. */
  async function stallLoading(stall: ReturnType<typeof createStall>, safety: 0 | 1): Promise<void> {
    let reads = 0
    await withStore(app, (folder) => ({
      async read(name, range) {
        const { size, stream } = await folder.read(name, range)
        reads += 1
        return { size, stream: reads === 3 + safety ? stall.slow(stream) : stream }
      },
    }))
  }

  it('the undo of a new branch waits for whoever reads a table that came with it, and says so', async () => {
    const { workspaceId } = await begin('Branched', localId)
    const branch = { workspace_id: workspaceId, workspace_name: 'Branched', into_new: false, new_branch: 'next' }
    const made = await insert({ ...branch, backup_id: localId })
    await run(made)
    const undo = await insert({ ...branch, undo_of: made })
    const reader = await hold(workspaceId, 'access share', 'orders')
    await expect(run(undo)).rejects.toBeInstanceOf(TryAgain)
    expect(await rowOf(undo)).toMatchObject({ status: 'queued', failure: { code: 'conflict' } })
    await reader.end()
    await run(undo, { attempt: 2 })
    expect(await rowOf(undo)).toMatchObject({ status: 'succeeded', failure: null })
    const { rows } = await fingerprint(app.database, workspaceId)
    expect(Object.keys(rows as object)).toEqual(['users'])
  })

  it('an attempt that lost its lock does nothing where the next one has done it already', async () => {
    const [id, stall] = [await insertNew('Twice'), createStall()]
    await stallLoading(stall, 0)
    const first = run(id).catch((error: unknown) => error)
    await stall.reached
    const { rows } = await app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 1
       and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
      [`metadeck.restore.${id}`],
    )
    expect(rows).toHaveLength(1)
    await run(id, { attempt: 2 })
    stall.go()
    await first
    const row = await rowOf(id)
    expect(row).toMatchObject({ status: 'succeeded', attempt: 2 })
    expect(await workspacesCalled('Twice')).toEqual([row.workspace_id])
  })

  it('an attempt whose restore was ended meanwhile changes nothing: what was told stays true', async () => {
    const [restore, stall] = [await begin('Ended', localId), createStall()]
    await stallLoading(stall, 1)
    const running = run(restore.id).catch((error: unknown) => error)
    await stall.reached
    await app.database.db
      .updateTable('restore')
      .set({ created_at: new Date(0) })
      .where('id', '=', restore.id)
      .execute()
    await sweepRestores(jobDeps(app))
    stall.go()
    expect(await running).toBeInstanceOf(TryAgain)
    expect(await rowOf(restore.id)).toMatchObject({ status: 'failed', failure: { code: 'abandoned' } })
    await restore.leftNothing()
  })
})
