import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  type Backup,
  createBackup,
  deleteBackup,
  drillBackup,
  getBackup,
  listBackups,
  updateBackup,
  verifyBackup,
} from '#api/contract/backups.ts'
import { createRestore, previewRestore } from '#api/contract/restores.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import { createTarget } from '#api/contract/targets.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { takeBackup, waitForBackup } from '../../jobs/job-fixture.ts'
import { type S3Server, startS3Server } from '../../testing/s3-server.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

describe('what can be chosen of a backup', () => {
  let app: TestApp
  let s3: S3Server
  let shop: number

  beforeAll(async () => {
    ;[app, s3] = await Promise.all([createTestApp(), startS3Server()])
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'item', columns: [{ name: 'id', type: 'int' }] }])
    await app.database.pool.query(`insert into w${shop}_live.item select n from generate_series(1, 5000) n`)
  })
  afterAll(async () => {
    await app.close()
    await s3.close()
  })

  async function addTarget(name: string): Promise<number> {
    const { endpoint, bucket, accessKeyId, secret } = s3
    const settings = { kind: 's3' as const, endpoint, bucket, accessKeyId }
    const { id } = await app.call(createTarget, { body: { name, settings, secret } })
    return id ?? 0
  }

  it('a target: the archive lies there and nowhere else, and is deleted there', async () => {
    const targetId = await addTarget('Bucket')
    const backup = await takeBackup(app, { workspaceId: shop, targetId, password: 'p', note: 'before the move' })
    expect(backup).toMatchObject({
      status: 'succeeded',
      targetId,
      targetName: 'Bucket',
      note: 'before the move',
      encrypted: true,
    })
    expect(backup.passwordProvenAt).toBe(backup.verifiedAt)
    const { verifiedAt: at, rows, bytes } = backup
    const readBack = { status: 'proven', depth: 'content', at, ms: expect.any(Number), rows, bytes, failure: null }
    expect(backup.verification).toEqual(readBack)
    expect(await s3.keys()).toEqual([expect.stringMatching(new RegExp(`^backup-${backup.id}-`))])
    await app.call(deleteBackup, { params: { id: backup.id } })
    expect(await s3.keys()).toEqual([])
  })

  it('what is null counts as left out', async () => {
    const nothing = { branch: null, password: null, note: null, targetId: null }
    const { id, ...backup } = await takeBackup(app, { workspaceId: shop, ...nothing })
    expect(backup).toMatchObject({ status: 'succeeded', branch: 'v1', encrypted: false, note: '', targetId: null })
    const [params, body] = [{ id }, { password: null }]
    expect((await app.call(verifyBackup, { params, body })).verification?.status).toBe('proven')
    await app.call(drillBackup, { params, body })
    await waitForBackup(app, id, ({ drill }) => drill?.status === 'succeeded')
    await app.call(previewRestore, { params, body })
    await app.call(createRestore, { body: { backupId: id, password: null, into: { newWorkspace: 'Copy' } } })
  })

  it('a target that vanishes in mid-stream: the run is kept, says what happened and when it goes on, and ends well', async () => {
    const targetId = await addTarget('Flaky')
    s3.fault = ({ method }) => (method === 'PUT' ? 'drop' : undefined)
    const { id } = await app.call(createBackup, { body: { workspaceId: shop, targetId } })
    const waiting = await waitForBackup(app, id, ({ nextAttemptAt }) => nextAttemptAt !== null)
    expect(waiting).toMatchObject({ status: 'queued', attempt: 1, failure: { code: 'not_ready' }, hasArchive: false })
    s3.fault = undefined
    const done = await waitForBackup(app, id, ({ status }) => status === 'succeeded')
    expect(done).toMatchObject({ failure: null, nextAttemptAt: null })
    expect(done.attempt).toBeGreaterThan(1)
    expect(await s3.keys()).toEqual([expect.stringMatching(new RegExp(`^backup-${id}-`))])
    expect(await s3.unfinished()).toEqual([])
  })

  it('a target that is not there is refused, with the field named', async () => {
    const taken = app.call(createBackup, { body: { workspaceId: shop, targetId: 99_999 } })
    await expect(taken).rejects.toMatchObject({ code: 'invalid_input', payload: { param: 'targetId' } })
  })

  it('files can be left out', async () => {
    const without = await takeBackup(app, { workspaceId: shop, files: false })
    expect(without).toMatchObject({ includesFiles: false, summary: { includesFiles: false } })
    expect(await takeBackup(app, { workspaceId: shop, definitionOnly: true })).toMatchObject({ includesFiles: false })
  })

  it('files of definitions alone are no wish that can be kept', async () => {
    for (const call of [
      () => app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true, files: true } }),
      () =>
        app.call(createSchedule, {
          body: {
            workspaceId: shop,
            name: 'Odd',
            timing: { kind: 'hourly', minute: 0 },
            definitionOnly: true,
            files: true,
          },
        }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining('holds no stored files. Leave files out') as string,
        payload: { param: 'files' },
      })
    }
    expect(await takeBackup(app, { workspaceId: shop, definitionOnly: true, files: false })).toMatchObject({
      includesFiles: false,
    })
    expect(await takeBackup(app, { workspaceId: shop })).toMatchObject({ includesFiles: true })
  })

  it('each stage tells its time and what it did', async () => {
    const { stages, rows, bytes } = await takeBackup(app, { workspaceId: shop })
    expect(stages.map(({ stage }) => stage)).toEqual(['definitions', 'rows', 'storing', 'verifying'])
    expect(stages.every(({ ms }) => ms !== null)).toBe(true)
    const [, copied, , verified] = stages
    expect([copied?.rows, verified?.rows, verified?.bytes]).toEqual([rows, rows, bytes])
  })

  it('the one before it is told, of the same kind of contents', async () => {
    const first = await takeBackup(app, { workspaceId: shop })
    await takeBackup(app, { workspaceId: shop, definitionOnly: true })
    const second = await takeBackup(app, { workspaceId: shop })
    expect(second.previous).toMatchObject({ bytes: first.bytes, rows: first.rows })
    expect(second.previous?.ms).toBe(Date.parse(first.finishedAt ?? '') - Date.parse(first.startedAt ?? ''))
  })

  it('pinned, it cannot be deleted; a note beside it stays until it is changed', async () => {
    const { id } = await takeBackup(app, { workspaceId: shop, definitionOnly: true })
    const params = { id }
    expect(await app.call(updateBackup, { params, body: { pinned: true } })).toMatchObject({ pinned: true, note: '' })
    expect(await app.call(updateBackup, { params, body: { note: 'keep' } })).toMatchObject({
      pinned: true,
      note: 'keep',
    })
    await expect(app.call(deleteBackup, { params })).rejects.toMatchObject({
      code: 'conflict',
      message: /Unpin it first/,
    })
    await app.call(updateBackup, { params, body: { pinned: false } })
    await app.call(deleteBackup, { params })
    await expect(app.call(updateBackup, { params, body: { note: 'x' } })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('the list can be cut to a status', async () => {
    const ids = async (query: { status?: Backup['status']; scheduleId?: number }): Promise<number[]> =>
      (await app.call(listBackups, { query: { workspaceId: shop, ...query } })).items.map(({ id }) => id)
    const all = await ids({})
    expect(await ids({ status: 'succeeded' })).toEqual(all)
    expect(await ids({ status: 'failed' })).toEqual([])
    expect(await ids({ scheduleId: 1 })).toEqual([])
    await app.database.db
      .updateTable('backup')
      .set({ status: 'failed' })
      .where('id', '=', all[0] ?? 0)
      .execute()
    expect(await ids({ status: 'failed' })).toEqual(all.slice(0, 1))
  })

  it('a backup that a restore still needs is not deleted; that of a restore that is done is, and the audit log says what goes with it', async () => {
    const { id } = await takeBackup(app, { workspaceId: shop, definitionOnly: true })
    const restore = await app.database.db
      .insertInto('restore')
      .values({
        workspace_id: shop,
        workspace_name: 'Shop',
        into_new: false,
        status: 'running',
        stage: 'rows',
        safety_backup_id: id,
        created_by: 'test',
        created_at: app.deps.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await expect(app.call(deleteBackup, { params: { id } })).rejects.toMatchObject({ code: 'conflict' })
    await app.database.db.updateTable('restore').set({ status: 'succeeded' }).where('id', '=', restore.id).execute()
    await app.call(deleteBackup, { params: { id } })
    await expect(app.call(getBackup, { params: { id } })).rejects.toMatchObject({ code: 'not_found' })
    const { rows } = await app.database.pool.query<{ text: string }>(
      `select t::text as text from metadeck.audit_record t`,
    )
    expect(rows.map(({ text }) => text).join('\n')).toContain('noUndoOfRestores')
  })
})
