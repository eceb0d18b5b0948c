import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type Backup, getBackup, uploadBackup, verifyBackup } from '#api/contract/backups.ts'

import { archiveOf, makeWorkspace } from '../../archive/archive-fixture.ts'
import { AppError } from '../../errors.ts'
import {
  attempt,
  createStall,
  insertArriving,
  jobDeps,
  keepStores,
  storedFile,
  takeBackup,
  withStore,
} from '../../jobs/job-fixture.ts'
import { runVerify } from '../../jobs/verify.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { readManifest } from './manifest-store.ts'
import { updateBackup } from './store.ts'

const PASSWORD = 'correct horse'

describe('verifying a backup', () => {
  let app: TestApp
  let shop: number
  let putStoresBack: () => void
  let plain: Backup
  let secret: Backup

  beforeAll(async () => {
    app = await createTestApp()
    putStoresBack = keepStores(app)
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'item', columns: [{ name: 'id', type: 'int' }] }])
    await app.database.pool.query(`insert into w${shop}_live.item select n from generate_series(1, 300) n`)
    plain = await takeBackup(app, { workspaceId: shop })
    secret = await takeBackup(app, { workspaceId: shop, password: PASSWORD })
  })
  afterEach(() => putStoresBack())
  afterAll(() => app.close())

  const read = (id: number): Promise<Backup> => app.call(getBackup, { params: { id } })
  const verify = (id: number, password = ''): Promise<Backup> =>
    app.call(verifyBackup, { params: { id }, body: { password } })
  const files = new Map<number, string>()
  /** Also while it is away. */
  const file = (id: number): string => {
    const path = files.get(id) ?? storedFile(app.dataDir, id)
    files.set(id, path)
    return path
  }

  /** Puts other bytes in the place of a stored archive for as long as `work` lasts. */
  async function damaged(id: number, change: (whole: Buffer) => Buffer, work: () => Promise<void>): Promise<void> {
    const whole = readFileSync(file(id))
    writeFileSync(file(id), change(Buffer.from(whole)))
    await work()
    writeFileSync(file(id), whole)
  }

  const flip =
    (at: (size: number) => number) =>
    (whole: Buffer): Buffer => {
      whole.writeUInt8(whole.readUInt8(at(whole.length)) ^ 1, at(whole.length))
      return whole
    }

  it('reads its contents whole, and says so when it answers', async () => {
    app.advance(60_000)
    const after = await verify(plain.id)
    expect(after.verification).toMatchObject({
      status: 'proven',
      depth: 'content',
      failure: null,
      bytes: plain.bytes,
      rows: 300,
    })
    expect(after.verification?.ms).not.toBeNull()
    expect(Date.parse(after.verifiedAt ?? '')).toBeGreaterThan(Date.parse(plain.verifiedAt ?? ''))
    expect(after.status).toBe('succeeded')
  })

  it('an encrypted one is proven by its password; without it only its bytes are compared', async () => {
    expect((await verify(secret.id)).verification).toMatchObject({ status: 'proven', depth: 'bytes' })
    expect((await read(secret.id)).verifiedAt).toBe(secret.verifiedAt)
    app.advance(60_000)
    const after = await verify(secret.id, PASSWORD)
    expect(after.verification).toMatchObject({ status: 'proven', depth: 'content' })
    expect(Date.parse(after.passwordProvenAt ?? '')).toBeGreaterThan(Date.parse(secret.passwordProvenAt ?? ''))
  })

  it('what was proven of the contents, and when, outlasts a later look at the bytes alone, and one that failed', async () => {
    const proven = (await verify(secret.id, PASSWORD)).verification
    const proof = { at: proven?.at, ms: proven?.ms, rows: 300, bytes: secret.bytes }
    expect(proven).toMatchObject({ depth: 'content', content: null })
    app.advance(60_000)
    const later = await verify(secret.id)
    expect(later.verification).toMatchObject({ status: 'proven', depth: 'bytes', content: proof })
    expect(Date.parse(later.verifiedAt ?? '')).toBeLessThan(Date.parse(later.verification?.at ?? ''))
    expect((await verify(secret.id)).verification).toMatchObject({ depth: 'bytes', content: proof })
    await damaged(
      secret.id,
      flip((size) => size >> 1),
      async () => {
        expect((await verify(secret.id)).verification).toMatchObject({ status: 'disproven', content: proof })
      },
    )
    expect((await verify(secret.id, PASSWORD)).verification).toMatchObject({ depth: 'content', content: null })
  })

  it('a password that the server keeps need not be given', async () => {
    await app.database.db
      .updateTable('backup')
      .set({ sealed_password: app.deps.vault.seal(PASSWORD) })
      .where('id', '=', secret.id)
      .execute()
    expect((await verify(secret.id)).verification).toMatchObject({ status: 'proven', depth: 'content' })
    await app.database.db.updateTable('backup').set({ sealed_password: null }).where('id', '=', secret.id).execute()
  })

  it('a wrong password is refused at once and says nothing of the backup', async () => {
    const before = await read(secret.id)
    await expect(verify(secret.id, 'wrong')).rejects.toMatchObject({ code: 'wrong_password' })
    expect(await read(secret.id)).toEqual(before)
  })

  it.each<[string, (whole: Buffer) => Buffer]>([
    ['its first byte', flip(() => 0)],
    ['where the password is tried', flip(() => 60)],
    ['a byte in the middle', flip((size) => size >> 1)],
    ['its last byte', flip((size) => size - 1)],
    ['its end is missing', (whole) => whole.subarray(0, -1)],
    ['nothing is left', () => Buffer.alloc(0)],
  ])('damage is found, and a later good reading takes it back: %s', async (_what, change) => {
    for (const [id, password] of [
      [plain.id, ''],
      [secret.id, ''],
      [secret.id, PASSWORD],
    ] as const) {
      await damaged(id, change, async () => {
        const after = await verify(id, password)
        expect(after).toMatchObject({ status: 'failed', hasArchive: true, verification: { status: 'disproven' } })
        expect(after.failure).toEqual(after.verification?.failure)
      })
      expect(await verify(id, password)).toMatchObject({
        status: 'succeeded',
        failure: null,
        verification: { status: 'proven', failure: null },
      })
    }
  })

  it('a changed byte in the header of an encrypted one is changed bytes, not a wrong password', async () => {
    const header = readFileSync(file(secret.id)).indexOf('\n--- ')
    expect(header).toBeGreaterThan(60)
    const { deps } = app
    const payload = { backupId: secret.id, sealedPassword: deps.vault.seal(PASSWORD) }
    // The version, the salt, the wrapped key, the authentication of the header.
    for (const place of [3, 30, 60, header - 5, header + 9]) {
      await damaged(
        secret.id,
        flip(() => place),
        async () => {
          await runVerify(jobDeps(app), attempt(payload))
          expect((await read(secret.id)).failure, `byte ${place}`).toMatchObject({
            code: 'bad_archive',
            message: expect.stringMatching(/the stored bytes are not the ones that were written/),
          })
        },
      )
    }
    expect((await verify(secret.id, PASSWORD)).status).toBe('succeeded')
  })

  it('damage is found without the password too', async () => {
    await damaged(
      secret.id,
      flip((size) => size >> 1),
      async () => {
        expect(await verify(secret.id)).toMatchObject({
          status: 'failed',
          verification: { status: 'disproven', depth: 'bytes' },
        })
      },
    )
    expect((await verify(secret.id)).status).toBe('succeeded')
  })

  it('an archive that is gone from its target is told as gone', async () => {
    renameSync(file(plain.id), `${file(plain.id)}.away`)
    expect(await verify(plain.id)).toMatchObject({ status: 'failed', failure: { code: 'not_found' } })
    renameSync(`${file(plain.id)}.away`, file(plain.id))
    expect((await verify(plain.id)).status).toBe('succeeded')
  })

  it('a target that is away is tried again; in the end nobody knows, and the backup is called neither good nor bad', async () => {
    const away = new AppError('not_ready', 'The target does not answer.')
    await withStore(app, () => ({ read: () => Promise.reject(away) }))
    const payload = { backupId: plain.id, sealedPassword: null }
    await expect(runVerify(jobDeps(app), attempt(payload))).rejects.toThrow(/tried again/)
    expect((await read(plain.id)).verification).toMatchObject({ status: 'running', failure: { code: 'not_ready' } })
    await runVerify(jobDeps(app), attempt(payload, { attempt: 10, isLastAttempt: true }))
    expect(await read(plain.id)).toMatchObject({
      status: 'succeeded',
      verification: { status: 'unreachable', failure: { message: 'The target does not answer.' } },
    })
  })

  it('an uploaded archive without its password is proven by giving it', async () => {
    const bytes = await archiveOf(app.database, shop, { password: PASSWORD })
    const content = new Blob([new Uint8Array(bytes)])
    const uploaded = await app.call(uploadBackup, { body: {}, file: { content, name: 'mine.xano' } })
    expect(await verify(uploaded.id)).toMatchObject({ status: 'warnings', summary: null, verifiedAt: null })
    const after = await verify(uploaded.id, PASSWORD)
    expect(after).toMatchObject({ status: 'succeeded', warnings: [], rows: 300, workspaceName: 'Shop' })
    expect(after.summary?.rows).toBe(300)
    expect(await readManifest(app.database.db, uploaded.id)).toMatchObject({ counts: { rows: 300 } })
  })

  describe('an archive that has just been uploaded', () => {
    async function arrived(bytes: Buffer, more: { encrypted?: boolean } = {}): Promise<number> {
      const name = `upload-${bytes.length}.xano`
      writeFileSync(join(app.dataDir, 'backups', name), bytes)
      return insertArriving(app, name, { bytes: bytes.length, ...more })
    }

    it('is listed with its contents when it was read whole', async () => {
      const id = await arrived(await archiveOf(app.database, shop))
      await runVerify(jobDeps(app), attempt({ backupId: id, sealedPassword: null }))
      expect(await read(id)).toMatchObject({ status: 'succeeded', stage: 'done', workspaceName: 'Shop', rows: 300 })
    })

    it('is refused when it is damaged, and nothing of it stays', async () => {
      const id = await arrived((await archiveOf(app.database, shop)).subarray(0, -9))
      const name = (await app.database.db.selectFrom('backup').select('object_name').where('id', '=', id).execute())[0]
      await runVerify(jobDeps(app), attempt({ backupId: id, sealedPassword: null }))
      expect(await read(id)).toMatchObject({ status: 'failed', hasArchive: false, failure: { code: 'bad_archive' } })
      expect(() => readFileSync(join(app.dataDir, 'backups', name?.object_name ?? ''))).toThrow(/ENOENT/)
    })

    it('keeps its archive where its verification was given up meanwhile, and a job of then still runs', async () => {
      const id = await arrived(await archiveOf(app.database, shop))
      const stall = createStall()
      await withStore(app, (folder) => ({
        async read(object, range) {
          await stall.stop()
          return folder.read(object, range)
        },
      }))
      const late = runVerify(jobDeps(app), attempt({ backupId: id, sealedPassword: null }))
      await stall.reached
      const { verification } = await read(id)
      const given = JSON.stringify({ ...verification, status: 'unreachable' })
      await updateBackup(app.database.db, id, { verification: given, status: 'failed' })
      await late
      stall.go()
      putStoresBack()
      expect(await read(id)).toMatchObject({ status: 'failed', hasArchive: true })
      expect((await verify(id)).status).toBe('succeeded')
    })

    it('is kept as unproven when the password that came with it is another one', async () => {
      const id = await arrived(await archiveOf(app.database, shop, { password: PASSWORD }), { encrypted: true })
      await runVerify(jobDeps(app), attempt({ backupId: id, sealedPassword: app.deps.vault.seal('other') }))
      expect(await read(id)).toMatchObject({ status: 'warnings', hasArchive: true, warnings: [{ code: 'unproven' }] })
    })
  })

  it('a backup without an archive has nothing to verify', async () => {
    rmSync(file(secret.id))
    await app.database.db
      .updateTable('backup')
      .set({ object_name: null, status: 'failed' })
      .where('id', '=', secret.id)
      .execute()
    await expect(verify(secret.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(verify(99_999)).rejects.toMatchObject({ code: 'not_found' })
  })
})
