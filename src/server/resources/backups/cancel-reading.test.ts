import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  type Backup,
  cancelDrill,
  cancelVerification,
  drillBackup,
  getBackup,
  verifyBackup,
} from '#api/contract/backups.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { runDrill } from '../../jobs/drill.ts'
import {
  attempt,
  createStall,
  insertArriving,
  jobDeps,
  keepStores,
  takeBackup,
  waitForBackup,
  withStore,
} from '../../jobs/job-fixture.ts'
import { runVerify } from '../../jobs/verify.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { updateBackup } from './store.ts'

describe('ending what reads a backup', () => {
  let app: TestApp
  let putStoresBack: () => void
  let backup: Backup

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    const shop = await makeWorkspace(app.database, 'Shop', [{ name: 'item', columns: [{ name: 'id', type: 'int' }] }])
    await app.database.pool.query(`insert into w${shop}_live.item select n from generate_series(1, 300) n`)
    backup = await takeBackup(app, { workspaceId: shop })
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  const at = () => ({ params: { id: backup.id } })
  const read = (): Promise<Backup> => app.call(getBackup, at())

  /** Ends what is begun by `begin` while it waits for the store. */
  async function cancelled(
    begin: () => Promise<unknown>,
    cancel: () => Promise<Backup>,
  ): Promise<{ answer: Backup; go: () => void }> {
    const stall = createStall()
    await withStore(app, (folder) => ({
      async read(name, range) {
        await stall.stop()
        return folder.read(name, range)
      },
    }))
    const begun = begin()
    await stall.reached
    const answer = await cancel()
    await begun
    return { answer, go: stall.go }
  }

  async function liveJobs(kind: string): Promise<number> {
    const { rows } = await app.database.pool.query(
      `select id from pgboss.job where name = $1 and state in ('created', 'retry', 'active')`,
      [kind],
    )
    return rows.length
  }

  it('a verification ends at once for whoever looks, its job lets go, and it can be begun anew', async () => {
    const before = await read()
    const { answer, go } = await cancelled(
      () => app.call(verifyBackup, { ...at(), body: {} }),
      () => app.call(cancelVerification, at()),
    )
    expect(answer).toMatchObject({ status: 'succeeded', verification: { status: 'cancelled', failure: null } })
    expect(answer.verifiedAt).toBe(before.verifiedAt)
    expect(answer.verification?.content).toMatchObject({ rows: 300, bytes: backup.bytes })
    // The store still hangs: the job must not wait for it. As the queue would take a job whose process died up again:
    await expect
      .poll(() => runVerify(jobDeps(app), attempt({ backupId: backup.id, sealedPassword: null })).catch(() => 'busy'))
      .toBe(undefined)
    expect((await read()).verification).toEqual(answer.verification)
    expect(await liveJobs('verify')).toBe(0)
    go()
    putStoresBack()
    const again = await app.call(verifyBackup, { ...at(), body: {} })
    expect(again.verification).toMatchObject({ status: 'proven', depth: 'content', content: null })
  })

  it('a verification that was begun anew is not ended by what was cancelled before', async () => {
    const { go } = await cancelled(
      () => app.call(verifyBackup, { ...at(), body: {} }),
      () => app.call(cancelVerification, at()),
    )
    putStoresBack()
    const verifying = app.call(verifyBackup, { ...at(), body: {} })
    go()
    await verifying
    const after = await waitForBackup(app, backup.id, ({ verification }) => verification?.status !== 'running')
    expect(after.verification?.status).toBe('proven')
  })

  it('a drill ends at once for whoever looks, and leaves nothing', async () => {
    const { answer, go } = await cancelled(
      () => app.call(drillBackup, { ...at(), body: {} }),
      () => app.call(cancelDrill, at()),
    )
    expect(answer.drill).toMatchObject({ status: 'cancelled', failure: null })
    await expect
      .poll(() => runDrill(jobDeps(app), attempt({ backupId: backup.id, sealedPassword: null })).catch(() => 'busy'))
      .toBe(undefined)
    go()
    expect((await read()).drill).toEqual(answer.drill)
    expect(await liveJobs('drill')).toBe(0)
    putStoresBack()
    await app.call(drillBackup, { ...at(), body: {} })
    await waitForBackup(app, backup.id, ({ drill }) => drill?.status === 'succeeded')
  })

  it('nothing is cancelled where nothing is under way, or by whoever may not', async () => {
    for (const endpoint of [cancelVerification, cancelDrill]) {
      await expect(app.call(endpoint, at())).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/is under way, so there is nothing to cancel/),
      })
      await expect(app.call(endpoint, { params: { id: 99_999 } })).rejects.toMatchObject({ code: 'not_found' })
      const elsewhere = await app.callAs(ALL_SCOPES, [999])
      await expect(elsewhere(endpoint, at())).rejects.toMatchObject({ code: 'access_denied' })
    }
  })

  it('an archive that is just arriving is ended as a backup, not as a verification', async () => {
    const id = await insertArriving(app, 'upload-arriving.xano')
    const { verification } = await read()
    await updateBackup(app.database.db, id, { verification: JSON.stringify({ ...verification, status: 'running' }) })
    await expect(app.call(cancelVerification, { params: { id } })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/Cancel the backup/),
    })
  })
})
