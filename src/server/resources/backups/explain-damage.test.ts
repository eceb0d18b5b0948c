import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { drillBackup, getBackup } from '#api/contract/backups.ts'
import { diffBackup } from '#api/contract/diffs.ts'
import { createRestore, getRestore, previewRestore } from '#api/contract/restores.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { runDrill } from '../../jobs/drill.ts'
import { attempt, jobDeps, storedFile, takeBackup, waitForBackup } from '../../jobs/job-fixture.ts'
import { runRestore } from '../../jobs/restore.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const PASSWORD = 'correct horse'
const TRUTH = /the stored bytes are not the ones that were written/

describe('an archive that is damaged where it is stored', () => {
  let app: TestApp
  let shop: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [
      {
        name: 'item',
        columns: [
          { name: 'id', type: 'int' },
          { name: 'text', type: 'text' },
        ],
      },
    ])
    await app.database.pool.query(
      `insert into w${shop}_live.item (text) select md5(n::text) || md5((-n)::text) from generate_series(1, 10000) n`,
    )
  })
  afterAll(() => app.close())

  /** A backup of which one byte was flipped. */
  async function damaged(place: (size: number) => number, password = ''): Promise<number> {
    const { id } = await takeBackup(app, { workspaceId: shop, password })
    const file = storedFile(app.dataDir, id)
    const bytes = readFileSync(file)
    const at = place(bytes.length)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    writeFileSync(file, bytes)
    return id
  }

  async function becomesFailed(id: number): Promise<void> {
    const { verification } = await waitForBackup(app, id, ({ status }) => status === 'failed')
    expect(verification?.status).toBe('disproven')
  }

  /** In what the key is made from with the password: it opens nothing then. */
  const inSalt = (): number => 40
  /** In the rows, far behind the definitions. */
  const late = (size: number): number => Math.floor(size * 0.9)

  type Ask = (id: number, password: string) => Promise<unknown>
  const preview: Ask = (id, password) => app.call(previewRestore, { params: { id }, body: { password } })
  const restore: Ask = (id, password) =>
    app.call(createRestore, { body: { backupId: id, password, into: { newWorkspace: 'Never' } } })
  const diff: Ask = (id, password) =>
    app.call(diffBackup, { params: { id }, body: { workspaceId: shop, samples: 0, password } })
  const drill: Ask = (id, password) => app.call(drillBackup, { params: { id }, body: { password } })

  it.each([
    ['preview', preview],
    ['restore', restore],
    ['comparison', diff],
    ['drill', drill],
  ])('is not blamed on the password by a %s, and is listed as failed', async (_name, ask) => {
    const id = await damaged(inSalt, PASSWORD)
    await expect(ask(id, PASSWORD)).rejects.toMatchObject({
      code: 'bad_archive',
      message: expect.stringMatching(TRUTH),
    })
    await becomesFailed(id)
  })

  it('is told by a comparison that reads to where the damage is', async () => {
    const id = await damaged(late)
    await expect(diff(id, '')).rejects.toMatchObject({ code: 'bad_archive', message: expect.stringMatching(TRUTH) })
    await becomesFailed(id)
  })

  it('ends a restore that was begun, and is listed as failed', async () => {
    const id = await damaged(late)
    const { id: restoreId } = await app.call(createRestore, { body: { backupId: id, into: { newWorkspace: 'Begun' } } })
    const read = () => app.call(getRestore, { params: { id: restoreId } })
    await expect.poll(async () => (await read()).status, { timeout: 10_000 }).toBe('failed')
    expect((await read()).failure).toMatchObject({ code: 'bad_archive', message: expect.stringMatching(TRUTH) })
    await becomesFailed(id)
  })

  it('ends a drill that was begun, and is listed as failed', async () => {
    const id = await damaged(late)
    await drill(id, '')
    const { drill: ended } = await waitForBackup(app, id, (backup) => backup.drill?.status === 'failed')
    expect(ended?.failure?.message).toMatch(TRUTH)
    await becomesFailed(id)
  })

  it('ends what waits in the queue when it is found damaged, at once', async () => {
    const { id } = await takeBackup(app, { workspaceId: shop })
    const { db } = app.database
    const row = { backup_id: id, workspace_name: 'Late', into_new: true, status: 'queued', stage: 'queued' }
    const values = { ...row, created_by: 'test', created_at: new Date() }
    const { id: restoreId } = await db.insertInto('restore').values(values).returning('id').executeTakeFirstOrThrow()
    const waiting = { status: 'queued', at: new Date().toISOString(), ms: null, tables: [], rows: 0, failure: null }
    const endpoints = { found: 0, called: 0, failed: [] }
    const change = { status: 'failed', drill: JSON.stringify({ ...waiting, endpoints }) }
    await db.updateTable('backup').set(change).where('id', '=', id).execute()
    await runRestore(jobDeps(app), attempt({ restoreId, sealedPassword: null }))
    await runDrill(jobDeps(app), attempt({ backupId: id, sealedPassword: null }))
    const found = {
      status: 'failed',
      failure: { code: 'bad_archive', message: expect.stringMatching(/found damaged/) },
    }
    expect(await app.call(getRestore, { params: { id: restoreId } })).toMatchObject(found)
    expect((await app.call(getBackup, { params: { id } })).drill).toMatchObject(found)
  })

  it('a wrong password for one that is whole is a wrong password, and nothing is verified', async () => {
    const { id, verification } = await takeBackup(app, { workspaceId: shop, password: PASSWORD })
    for (const ask of [preview, restore, diff, drill]) {
      await expect(ask(id, 'another one')).rejects.toMatchObject({ code: 'wrong_password' })
    }
    expect(await app.call(getBackup, { params: { id } })).toMatchObject({ status: 'succeeded', verification })
  })
})
