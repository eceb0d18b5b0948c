import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { type Call, createCall } from '#api/client/call.ts'
import { createBackup, deleteBackup, verifyBackup } from '#api/contract/backups.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { buildApp } from './app.ts'
import { makeWorkspace } from './archive/archive-fixture.ts'
import { readConfig } from './config.ts'
import type { Deps } from './deps.ts'
import { injectFetch } from './inject-fetch.ts'
import { INSTANCE_MARKER, readClaim } from './instance-claim.ts'
import type { Instance } from './instance-identity.ts'
import { storedFile, takeBackup, waitForBackup } from './jobs/job-fixture.ts'
import { openJobQueue } from './jobs/open-queue.ts'
import { openDeps } from './open-deps.ts'
import { openHub } from './realtime/hub.ts'
import { type Message, notify } from './resources/notifications/notify.ts'
import { insertToken } from './resources/tokens/store.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { startWebhookServer } from './testing/webhook-server.ts'

const [KEY, OTHER_KEY] = [1, 2].map((fill) => Buffer.alloc(32, fill).toString('base64')) as [string, string]
const PASSWORD = 'battery staple horse'
const MESSAGE: Message = {
  event: 'failed',
  subject: 'The backup failed',
  message: 'The disk is full.',
  workspace: null,
  schedule: null,
  backup: null,
  path: '/',
}

interface Process {
  call: Call
  deps: Deps
  dataDir: string
  instance: Instance
  /** Its log. */
  said: () => string
  stop: () => Promise<void>
}

describe('processes on one database', () => {
  let database: TestDatabase
  let token: string
  let workspaceId: number
  const running: Process[] = []
  const folders: string[] = []

  beforeEach(async () => {
    database = await createTestDatabase()
    const input = { name: 'test', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
    token = (await insertToken(database.db, input, null, new Date())).secret
    workspaceId = await makeWorkspace(database, 'Shop', [])
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ stop }) => stop()))
    await database.close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'mdt-instance-'))
    folders.push(folder)
    return folder
  }

  /** Everything of a started process but its port. */
  async function startProcess(dataDir: string, { key = KEY, url = 'postgres://shared' } = {}): Promise<Process> {
    let logged = ''
    const log = pino({ level: 'warn' }, { write: (line: string) => void (logged += line) })
    const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: url, METADECK_MASTER_KEY: key, LOG_LEVEL: 'silent' })
    const hub = await openHub(database.options, () => undefined)
    const { base, instance } = await openDeps(config, { connection: database }, { hub, log, publicUrl: () => '' })
    const deps = { ...base, jobs: await openJobQueue(base, database.options, instance) }
    const app = await buildApp(deps, { consoleFolder: join(dataDir, 'no-console') })
    const stop = async (): Promise<void> => {
      await app.close()
      await deps.jobs.close()
      await hub.close()
    }
    const call = createCall({ base: '', headers: { authorization: `Bearer ${token}` }, fetch: injectFetch(app) })
    const started = { call, deps, dataDir, instance, said: () => logged, stop }
    running.push(started)
    return started
  }

  async function stopProcess(process: Process): Promise<void> {
    running.splice(running.indexOf(process), 1)
    await process.stop()
  }

  const objectsIn = (dataDir: string): string[] =>
    readdirSync(join(dataDir, 'backups')).filter((name) => !name.startsWith('.'))
  const markerOf = async (dataDir: string): Promise<string> =>
    (await readFile(join(dataDir, 'backups', INSTANCE_MARKER), 'utf8')).trim()
  const verified = (by: Process, id: number) =>
    waitForBackup(by, id, ({ verification }) => verification !== null && verification.status !== 'running')

  it('one with another folder takes no jobs and says why: the right one does what it is asked for, or nobody', async () => {
    const right = await startProcess(await newFolder())
    const { id } = await takeBackup(right, { workspaceId })
    const wrong = await startProcess(await newFolder())
    expect(wrong.said()).toMatch(/takes no jobs.*do not lie in .*the same DATA_DIR/)
    expect(right.said()).not.toContain('takes no')

    for (let times = 0; times < 3; times += 1) {
      await wrong.call(verifyBackup, { params: { id }, body: {} })
      expect(await verified(wrong, id)).toMatchObject({ status: 'succeeded', verification: { status: 'proven' } })
    }
    expect(await takeBackup(wrong, { workspaceId })).toMatchObject({ status: 'succeeded' })
    expect(objectsIn(wrong.dataDir)).toEqual([])
    expect(objectsIn(right.dataDir)).toHaveLength(2)

    await expect(wrong.call(deleteBackup, { params: { id } })).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('in the folder of another process') as string,
    })
    expect(objectsIn(right.dataDir)).toHaveLength(2)
    const builtIn = await wrong.deps.targets.open(null)
    await expect(builtIn.read('x')).rejects.toMatchObject({ code: 'not_ready' })
    await expect(builtIn.size('x')).rejects.toMatchObject({ payload: { reason: 'target_unreachable' } })
    await right.call(deleteBackup, { params: { id } })
    expect(objectsIn(right.dataDir)).toHaveLength(1)
  })

  it('of two that began with empty folders, the one with the first archive goes on, and the other rests', async () => {
    const [one, two] = [await startProcess(await newFolder()), await startProcess(await newFolder())]
    expect([one.said(), two.said()]).toEqual(['', ''])
    const { id } = await takeBackup(one, { workspaceId })
    const [right, wrong] = objectsIn(one.dataDir).length === 1 ? [one, two] : [two, one]
    expect(await wrong.instance.whyIdle()).toContain('do not lie in')
    expect(await right.instance.whyIdle()).toBeNull()
    await expect.poll(() => wrong.said(), { timeout: 10_000 }).toContain('takes no more jobs')
    await wrong.call(verifyBackup, { params: { id }, body: {} })
    expect(await verified(wrong, id)).toMatchObject({ status: 'succeeded', verification: { status: 'proven' } })
    expect(right.said()).toBe('')
  })

  it('one with another master key takes no jobs, seals nothing, and fails no message', async () => {
    const dataDir = await newFolder()
    const right = await startProcess(dataDir)
    const wrong = await startProcess(dataDir, { key: OTHER_KEY })
    expect(wrong.said()).toMatch(/takes no jobs.*another master key/)
    expect(right.said()).toBe('')
    await expect(wrong.call(createBackup, { body: { workspaceId, password: PASSWORD } })).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('another master key') as string,
    })
    const { keyCheck } = await readClaim(database.db)
    expect(keyCheck).toMatch(/^.{44}$/)
    expect([KEY, OTHER_KEY]).not.toContain(keyCheck)
    expect(() => wrong.deps.vault.open(right.deps.vault.seal('x'))).toThrow(/another master key/)

    const elsewhere = await startProcess(await newFolder(), { key: OTHER_KEY })
    const builtIn = await elsewhere.deps.targets.open(null)
    await expect(builtIn.write('x', Readable.from(['x']))).rejects.toMatchObject({ code: 'not_ready' })
    expect((await readClaim(database.db)).folderId).toBeNull()

    const hook = await startWebhookServer()
    await database.db
      .insertInto('notification_channel')
      .values({
        name: 'Hook',
        kind: 'webhook',
        settings: JSON.stringify({ kind: 'webhook', url: hook.url }),
        sealed_secret: right.deps.vault.seal('the signing key'),
        events: JSON.stringify(['failed']),
        created_by: '',
        created_at: new Date(),
        updated_at: new Date(),
      })
      .execute()
    for (let times = 0; times < 6; times += 1) await notify(wrong.deps, MESSAGE)
    const states = (): Promise<{ status: string }[]> =>
      database.db.selectFrom('notification').select('status').where('status', '=', 'delivered').execute()
    await expect.poll(states, { timeout: 10_000 }).toHaveLength(6)
    await hook.close()
    for (let times = 0; times < 2; times += 1) {
      expect(await takeBackup(right, { workspaceId, password: PASSWORD })).toMatchObject({ status: 'succeeded' })
    }
  })

  it('an archive that is missing from the right folder is told as missing', async () => {
    const right = await startProcess(await newFolder())
    const { id } = await takeBackup(right, { workspaceId })
    rmSync(storedFile(right.dataDir, id))
    await right.call(verifyBackup, { params: { id }, body: {} })
    expect(await verified(right, id)).toMatchObject({
      status: 'failed',
      verification: { status: 'disproven', failure: { code: 'not_found' } },
    })
  })

  it('an installation of before is known by its archives, whichever process starts first', async () => {
    const dataDir = await newFolder()
    const before = await startProcess(dataDir)
    await takeBackup(before, { workspaceId })
    await stopProcess(before)
    await database.db.deleteFrom('setting').where('key', '=', 'instance').execute()
    rmSync(join(dataDir, 'backups', INSTANCE_MARKER))

    const wrong = await startProcess(await newFolder(), { key: OTHER_KEY })
    expect(wrong.said()).toContain('takes no jobs')
    const right = await startProcess(dataDir)
    expect(right.said()).toBe('')
    expect(await markerOf(dataDir)).toBe((await readClaim(database.db)).folderId)
  })

  it('a new folder is taken where the old one holds nothing, and not where archives are missing', async () => {
    await stopProcess(await startProcess(await newFolder()))
    const second = await startProcess(await newFolder())
    expect(second.said()).toBe('')
    const { id } = await takeBackup(second, { workspaceId })
    await stopProcess(second)
    const third = await startProcess(await newFolder())
    expect(third.said()).toContain('takes no jobs')
    await stopProcess(third)
    const again = await startProcess(second.dataDir)
    await again.call(deleteBackup, { params: { id } })
    await stopProcess(again)
    expect((await startProcess(third.dataDir)).said()).toBe('')
  })

  it('a folder that was lost is replaced by the mark that the log names', async () => {
    const first = await startProcess(await newFolder())
    const { id } = await takeBackup(first, { workspaceId })
    await stopProcess(first)
    const refused = await startProcess(await newFolder())
    const mark = /write the text (\S+) into/.exec(refused.said())?.[1] ?? ''
    await stopProcess(refused)
    writeFileSync(join(refused.dataDir, 'backups', INSTANCE_MARKER), `${mark}\n`)
    const replaced = await startProcess(refused.dataDir)
    expect(replaced.said()).toBe('')
    await replaced.call(verifyBackup, { params: { id }, body: {} })
    expect(await verified(replaced, id)).toMatchObject({ verification: { status: 'disproven' } })
  })

  it('the folder beside an embedded database is the right one, also without its archives', async () => {
    const dataDir = await newFolder()
    const first = await startProcess(dataDir, { url: '' })
    await takeBackup(first, { workspaceId })
    await stopProcess(first)
    rmSync(join(dataDir, 'backups'), { recursive: true })
    expect((await startProcess(dataDir, { url: '' })).said()).toBe('')
  })
})
