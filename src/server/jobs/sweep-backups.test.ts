import { writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Verification } from '#api/contract/backups.ts'

import { type BackupRow, findBackup, objectName } from '../resources/backups/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { jobDeps } from './job-fixture.ts'
import { sweepBackups } from './sweep-backups.ts'
import { findOrphanedJobs } from './sweep.ts'

const OLD_MS = 120_000

describe('what says that it runs while the queue knows of no job', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await createTestApp()
    // Nothing may take the jobs of these tests.
    await app.deps.jobs.close()
  })
  afterAll(() => app.close())

  async function insert(more: Partial<BackupRow> = {}): Promise<number> {
    const { verification, drill, ...rest } = more
    const { id } = await app.database.db
      .insertInto('backup')
      .values({
        workspace_id: null,
        workspace_name: 'Shop',
        branch: 'v1',
        kind: 'manual',
        definition_only: false,
        encrypted: false,
        status: 'running',
        stage: 'rows',
        created_by: 'test',
        created_at: new Date(Date.now() - OLD_MS),
        ...(rest as object),
        verification: verification == null ? null : JSON.stringify(verification),
        drill: drill == null ? null : JSON.stringify(drill),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }

  const swept = async (id: number): Promise<BackupRow | undefined> => {
    await sweepBackups(jobDeps(app))
    return findBackup(app.database.db, id)
  }

  it('a backup has failed, and what it had stored is deleted', async () => {
    const id = await insert()
    const object = objectName(
      await app.database.db.selectFrom('backup').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    writeFileSync(join(app.dataDir, 'backups', object), 'half')
    expect(await swept(id)).toMatchObject({ status: 'failed', failure: { code: 'abandoned' } })
    expect(await readdir(join(app.dataDir, 'backups'))).not.toContain(object)
  })

  it('one that has just been put into the queue is left alone', async () => {
    expect(await swept(await insert({ status: 'queued', created_at: new Date() }))).toMatchObject({ status: 'queued' })
  })

  it('an uploaded archive stays, to be verified again', async () => {
    const row = await swept(await insert({ kind: 'uploaded', stage: 'verifying', object_name: 'upload-1.xano' }))
    expect(row).toMatchObject({ status: 'failed', object_name: 'upload-1.xano', failure: { code: 'abandoned' } })
  })

  it('a safety backup is its restore’s as long as that is under way', async () => {
    const id = await insert({ kind: 'safety' })
    const restore = await app.database.db
      .insertInto('restore')
      .values({
        workspace_name: 'Shop',
        into_new: false,
        status: 'running',
        stage: 'safety',
        safety_backup_id: id,
        created_by: 'test',
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await swept(id)).toMatchObject({ status: 'running' })
    await app.database.db.updateTable('restore').set({ status: 'failed' }).where('id', '=', restore.id).execute()
    expect(await swept(id)).toMatchObject({ status: 'failed' })
  })

  it('a verification and a drill have ended; the backup is as good as it was', async () => {
    const at = new Date(Date.now() - OLD_MS).toISOString()
    const verification: Verification = {
      status: 'running',
      depth: 'content',
      at,
      ms: null,
      rows: 3,
      bytes: 4,
      failure: null,
    }
    const endpoints = { found: 0, called: 0, failed: [] }
    const drill = { status: 'running' as const, at, ms: null, tables: [], rows: 0, endpoints, failure: null }
    const row = await swept(await insert({ status: 'succeeded', verification, drill }))
    expect(row).toMatchObject({
      status: 'succeeded',
      verification: { status: 'unreachable', rows: 3, failure: { code: 'abandoned' } },
      drill: { status: 'failed', failure: { code: 'abandoned' } },
    })
  })

  it.each(['backup', 'verify', 'drill'] as const)(
    'a job of the kind %s whose process died is found by its lock, which nobody holds',
    async (kind) => {
      const id = await insert({ status: 'succeeded' })
      const { pool } = app.database
      await pool.query(
        `insert into pgboss.job (name, data, state, started_on)
         values ($1, jsonb_build_object('backupId', $2::int), 'active', now() - interval '5 seconds')`,
        [kind, id],
      )
      expect(await findOrphanedJobs(jobDeps(app), kind)).toHaveLength(1)
      const client = await pool.connect()
      await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [`metadeck.${kind}.${id}`])
      expect(await findOrphanedJobs(jobDeps(app), kind)).toEqual([])
      client.release(true)
    },
  )
})
