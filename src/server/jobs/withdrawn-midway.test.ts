import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { type Backup, createBackup, drillBackup, getBackup, listBackups, verifyBackup } from '#api/contract/backups.ts'
import { deleteMember, updateMember } from '#api/contract/members.ts'
import { createRestore, getRestore, undoRestore } from '#api/contract/restores.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { disableToken } from '#api/contract/token-lifecycle.ts'
import { createToken, revokeToken } from '#api/contract/tokens.ts'

import { fingerprint, makeWorkspace, userSchemas } from '../archive/archive-fixture.ts'
import { addMember } from '../resources/members/member-fixture.ts'
import { restored } from '../resources/restores/restore-fixture.ts'
import type { Lender } from '../resources/schedules/lent-rights.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import {
  createStall,
  insertArriving,
  keepStores,
  storedFile,
  takeBackup,
  waitForBackup,
  withStore,
} from './job-fixture.ts'

/** Jobs that run when whoever asked for them loses the right to; each is held in its middle meanwhile. */
let app: TestApp
let owner: Call
let shop: number
let archive: number
let putStoresBack: () => void

beforeAll(async () => {
  app = await createTestApp()
  owner = await app.signIn()
  shop = await makeWorkspace(app.database, 'Shop', [{ name: 'orders', columns: [{ name: 'id', type: 'int' }] }])
  await app.database.pool.query(`insert into w${shop}_live.orders select n from generate_series(1, 30000) n`)
  archive = (await takeBackup(app, { workspaceId: shop })).id
  putStoresBack = keepStores(app)
})
afterEach(() => putStoresBack())
afterAll(() => app.close())

const POLL = { timeout: 10_000, interval: 50 }
const read = (id: number): Promise<Backup> => app.call(getBackup, { params: { id } })
const stored = (): string[] => readdirSync(join(app.dataDir, 'backups')).toSorted()

async function makeToken(name: string, expiresInSeconds = 86_400): Promise<{ id: number; call: Call }> {
  const body = { name, scopes: ALL_SCOPES, workspaces: 'all', expiresInSeconds } as const
  const { id, token } = await owner(createToken, { body })
  return { id, call: app.callWith({ authorization: `Bearer ${token}` }) }
}

/** What is kept of a job that was ended so. */
const failed = (sentences: string) => ({
  status: 'failed',
  failure: { code: 'access_denied', message: `${sentences} Somebody who may do it has to ask for it again.` },
})

/** An archive that has just been uploaded and waits to be verified. */
async function arriving(): Promise<number> {
  copyFileSync(storedFile(app.dataDir, archive), join(app.dataDir, 'backups', 'upload-arriving.xano'))
  return insertArriving(app, 'upload-arriving.xano')
}

it('a backup, a drill and a verification end within seconds and leave nothing; an expired token ends nothing', async () => {
  const [revoked, expired, disabled] = [
    await makeToken('CI'),
    await makeToken('Short', 3_600),
    await makeToken('Drills'),
  ]
  const [out, gone] = [await addMember(app, 'admin'), await addMember(app, 'admin')]
  const verify = (backupId: number, by: Lender): Promise<void> =>
    app.deps.jobs.enqueue('verify', { backupId, sealedPassword: null, by })
  const before = stored()
  const upload = await arriving()
  const other = (await takeBackup(app, { workspaceId: shop })).id
  const stall = createStall()
  // The request for a drill looks into the archive itself.
  let [held, free] = [0, 1]
  await withStore(app, (folder) => ({
    write(name, source) {
      held += 1
      return folder.write(name, stall.slow(source))
    },
    async read(name, range) {
      free -= 1
      if (free < 0) {
        held += 1
        await stall.stop()
      }
      return folder.read(name, range)
    },
  }))
  await disabled.call(drillBackup, { params: { id: archive }, body: {} })
  const body = { workspaceId: shop }
  const [one, two] = [await revoked.call(createBackup, { body }), await expired.call(createBackup, { body })]
  const verifying = out.call(verifyBackup, { params: { id: other }, body: {} }).catch(() => undefined)
  await verify(upload, { kind: 'person', id: gone.id })
  await expect.poll(() => held, { ...POLL, timeout: 15_000 }).toBe(5)

  app.advance(3_700_000)
  owner = await app.signIn()
  await owner(revokeToken, { params: { id: revoked.id } })
  await owner(disableToken, { params: { id: disabled.id } })
  await owner(updateMember, { params: { id: out.id }, body: { disabled: true } })
  await owner(deleteMember, { params: { id: gone.id } })

  await expect
    .poll(() => read(one.id), POLL)
    .toMatchObject(
      failed('The backup was stopped, and nothing of it stays. The access token "CI" that asked for it was revoked.'),
    )
  await expect
    .poll(async () => (await read(archive)).drill, POLL)
    .toMatchObject(
      failed(
        'The drill was stopped, and nothing of it stays. The access token "Drills" that asked for it is disabled.',
      ),
    )
  const kept = 'The verification was stopped, and what was known of the backup stays.'
  await expect
    .poll(async () => (await read(other)).verification, POLL)
    .toMatchObject({
      ...failed(`${kept} The account of The admin, who asked for it, is disabled.`),
      status: 'unreachable',
    })
  const nothing = 'The verification was stopped, and nothing of the archive that was arriving stays.'
  await expect
    .poll(() => read(upload), POLL)
    .toMatchObject(failed(`${nothing} The account that asked for it does not exist any more.`))
  expect(await read(other)).toMatchObject({ status: 'succeeded', hasArchive: true })
  expect(await read(one.id)).toMatchObject({ attempt: 1, hasArchive: false, nextAttemptAt: null })
  expect((await read(two.id)).status).toBe('running')
  await verifying
  stall.go()
  await waitForBackup(app, two.id, ({ status }) => status === 'succeeded')
  const left = stored().filter((name) => !before.includes(name))
  expect(left.map((name) => Number(name.split('-')[1]))).toEqual([other, two.id])
}, 40_000)

it('a restore and an undo end within seconds, and nothing was changed', async () => {
  const ci = await makeToken('CI')
  const member = await addMember(app, 'member', { scopes: ALL_SCOPES })
  const target = await makeWorkspace(app.database, 'Target', [
    { name: 'orders', columns: [{ name: 'id', type: 'int' }] },
  ])
  const made = await restored(app, { backupId: archive, into: { newWorkspace: 'Made' } })
  const before = [await fingerprint(app.database, target), await fingerprint(app.database, made.workspaceId ?? 0)]
  const schemas = await userSchemas(app.database)
  const reader = new pg.Client(app.database.options)
  // Closed with the database where the test fails.
  reader.on('error', () => undefined)
  await reader.connect()
  for (const id of [target, made.workspaceId ?? 0]) {
    await reader.query(`begin; lock table w${id}_live.orders in access share mode`)
  }

  const state = (id: number) => app.call(getRestore, { params: { id } })
  const stopped = (what: string) => `The ${what} was stopped before it took effect, and nothing was changed.`

  const undo = await ci.call(undoRestore, { params: { id: made.id } })
  // What is there is saved, and the reader keeps it from going.
  const isSaved = async () => (await read((await state(undo.id)).safetyBackupId ?? 0).catch(() => null))?.hasArchive
  await expect.poll(isSaved, { ...POLL, timeout: 15_000 }).toBe(true)
  await owner(revokeToken, { params: { id: ci.id } })
  const revoked = 'The access token "CI" that asked for it was revoked.'
  await expect.poll(() => state(undo.id), POLL).toMatchObject(failed(`${stopped('undo')} ${revoked}`))

  const into = { workspaceId: target, confirm: 'Target' }
  const restore = await member.call(createRestore, { body: { backupId: archive, into } })
  await expect.poll(async () => (await state(restore.id)).stage, { ...POLL, timeout: 15_000 }).toBe('swapping')
  const scopes = { ...ALL_SCOPES, 'instance:workspace': 'cr' } as const
  await owner(updateMember, { params: { id: member.id }, body: { scopes } })
  const lacks = 'The account of The member, who asked for it, lacks the scope instance:workspace:update.'
  await expect.poll(() => state(restore.id), POLL).toMatchObject(failed(`${stopped('restore')} ${lacks}`))
  await reader.end()
  for (const { id } of [undo, restore]) expect(await state(id)).toMatchObject({ attempt: 1, safetyBackupId: null })
  expect([await fingerprint(app.database, target), await fingerprint(app.database, made.workspaceId ?? 0)]).toEqual(
    before,
  )
  expect(await userSchemas(app.database)).toEqual(schemas)
  for (const workspaceId of [target, made.workspaceId ?? 0]) {
    expect((await app.call(listBackups, { query: { workspaceId } })).items).toEqual([])
  }
}, 40_000)
