import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { ApiError } from '#api/client/api-error.ts'
import type { Call } from '#api/client/call.ts'
import { createBackup } from '#api/contract/backups.ts'
import { createSchedule, deleteSchedule, updateSchedule } from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import * as contract from '#api/contract/targets.ts'
import { createToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { openTargets } from '../../storage/open-targets.ts'
import { type S3Server, startS3Server } from '../../testing/s3-server.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createVault } from '../../vault.ts'
import { addMember } from '../members/member-fixture.ts'

let app: TestApp
let server: S3Server
let names = 0

beforeAll(async () => {
  app = await createTestApp()
  server = await startS3Server()
})
beforeEach(() => {
  names += 1
})
afterEach(() => {
  server.fault = undefined
})
afterAll(async () => {
  await app.close()
  await server.close()
})

/** What needs a role, as somebody with this call would try it. */
function writesBy(call: Call, { id, name, settings }: contract.Target): (() => Promise<unknown>)[] {
  const params = { id: id ?? 0 }
  return [
    () => call(contract.createTarget, { body: s3() }),
    () => call(contract.updateTarget, { params, body: { name, settings } }),
    () => call(contract.testTarget, { params }),
    () => call(contract.tryTarget, { body: { settings } }),
    () => call(contract.deleteTarget, { params }),
  ]
}

function s3(change: object = {}): contract.SaveTarget {
  const { endpoint, bucket, accessKeyId, secret } = server
  const settings = { kind: 's3' as const, endpoint, bucket, accessKeyId, prefix: `p${names}/`, ...change }
  return { name: `Store ${names}`, settings, secret }
}

function folder(path = join(app.dataDir, `nas-${names}`)): contract.SaveTarget {
  return { name: `Disk ${names}`, settings: { kind: 'folder', path } }
}

async function addBackup(targetId: number | null, change: object = {}): Promise<number> {
  const { id } = await app.database.db
    .insertInto('backup')
    .values({
      workspace_id: null,
      workspace_name: 'Shop',
      branch: 'v1',
      kind: 'manual',
      definition_only: false,
      encrypted: false,
      status: 'succeeded',
      stage: 'done',
      bytes: 5,
      object_name: `backup-of-${names}`,
      summary: null,
      failure: null,
      target_id: targetId,
      created_by: 'test',
      created_at: app.deps.now(),
      ...change,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function addSchedule(targetId: number, name: string): Promise<void> {
  const workspace = await app.call(createWorkspace, { body: { name: `Of ${name}` } })
  await app.database.db
    .insertInto('schedule')
    .values({
      name,
      workspace_id: workspace.id,
      branch: '',
      definition_only: false,
      includes_files: true,
      target_id: targetId,
      timing: JSON.stringify({}),
      cron: '0 3 * * *',
      time_zone: 'UTC',
      retention: JSON.stringify({}),
      sealed_password: null,
      verify_days: null,
      drill_days: null,
      token_id: null,
      created_by: 'test',
      created_at: app.deps.now(),
      updated_at: app.deps.now(),
    })
    .execute()
}

const at = (id: number | null): { params: { id: number } } => ({ params: { id: id ?? 0 } })

describe('targets', () => {
  it('begin with the folder of the instance, and say what lies there and who writes there', async () => {
    await addBackup(null)
    const added = await app.call(contract.createTarget, { body: s3() })
    await addBackup(added.id, { bytes: 7 })
    await addBackup(added.id, { bytes: 8 })
    await addBackup(added.id, { object_name: null, status: 'failed' })
    await addSchedule(added.id ?? 0, 'Nightly')
    const { items } = await app.call(contract.listTargets)
    expect(items[0]).toMatchObject({
      id: null,
      name: 'This server',
      settings: { kind: 'folder', path: join(app.dataDir, 'backups') },
      backups: 1,
      bytes: 5,
      schedules: [],
      createdAt: null,
    })
    const expected = { backups: 2, bytes: 15, schedules: [{ name: 'Nightly' }], hasSecret: true, lastTest: null }
    expect(items.find(({ id }) => id === added.id)).toMatchObject(expected)
    expect(await app.call(contract.getTarget, at(added.id))).toMatchObject(expected)
  })

  it('never answer a secret, and keep it sealed', async () => {
    const body = { ...s3(), secret: 'very-secret-indeed' }
    const added = await app.call(contract.createTarget, { body })
    await app.call(contract.updateTarget, { ...at(added.id), body: { ...body, name: `${body.name}!` } })
    await app.call(contract.testTarget, at(added.id))
    const texts = [
      await app.call(contract.getTarget, at(added.id)),
      await app.call(contract.listTargets),
      await app.database.db.selectFrom('target').selectAll().execute(),
      await app.database.db.selectFrom('audit_record').selectAll().execute(),
    ]
    for (const text of texts) expect(JSON.stringify(text)).not.toContain('very-secret')
  })

  it('are stores that archives are written to and read from, as they are set now', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    const before = await app.deps.targets.open(added.id)
    await before.write('a.xano', Readable.from([Buffer.from('hello')]))
    expect(await app.deps.targets.open(added.id)).toBe(before)
    await app.call(contract.updateTarget, { ...at(added.id), body: s3({ prefix: `other${names}/` }) })
    const after = await app.deps.targets.open(added.id)
    expect(await after.size('a.xano')).toBe(null)
    expect((await buffer((await before.read('a.xano')).stream)).toString()).toBe('hello')
    const disk = await app.call(contract.createTarget, { body: folder() })
    expect(await (await app.deps.targets.open(disk.id)).write('b', Readable.from([Buffer.from('x')]))).toBe(1)
    await expect(app.deps.targets.open(999_999)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('under another master key say that the secret must be entered again', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    const builtIn = await app.deps.targets.open(null)
    const targets = openTargets({ db: app.database.db, vault: createVault(Buffer.alloc(32, 8)), builtIn })
    await expect(targets.open(added.id)).rejects.toMatchObject({
      code: 'target_refused',
      message: expect.stringContaining('another master key'),
    })
  })

  it('are made, changed, removed and tried by owners and admins only, whatever a member or their token holds', async () => {
    const target = await app.call(contract.createTarget, { body: folder() })
    const member = await addMember(app, 'member', { scopes: ALL_SCOPES })
    const body = { name: 'All that I may', scopes: ALL_SCOPES, workspaces: 'all', expiresInSeconds: 3_600 } as const
    const { token } = await member.call(createToken, { body })
    for (const call of [member.call, app.callWith({ authorization: `Bearer ${token}` })]) {
      for (const write of writesBy(call, target)) {
        await expect(write()).rejects.toMatchObject({ status: 403, payload: { reason: 'role', role: 'admin' } })
      }
      expect((await call(contract.listTargets)).items.length).toBeGreaterThan(1)
    }
    const admin = await addMember(app, 'admin')
    for (const write of writesBy(admin.call, target)) await write()
  })

  it('are named by who is limited to workspaces for nothing, whether they are there or not; what is set stays', async () => {
    const target = await app.call(contract.createTarget, { body: folder() })
    const { id: workspaceId } = await app.call(createWorkspace, { body: { name: `Limited ${names}` } })
    const limited = await app.callAs(ALL_SCOPES, [workspaceId])
    const body = { name: 'Nightly', workspaceId, timing: { kind: 'daily', time: '02:00' } } as const
    const given = await app.call(createSchedule, { body: { ...body, targetId: target.id } })
    const own = await limited(createSchedule, { body: { ...body, name: 'Own' } })
    const save = (id: number, targetId: number | null) =>
      limited(updateSchedule, { params: { id }, body: { ...body, name: `Schedule ${id}`, targetId } })
    const refusals = []
    for (const targetId of [target.id, 999_999]) {
      for (const attempt of [
        () => limited(createBackup, { body: { workspaceId, targetId } }),
        () => limited(createSchedule, { body: { ...body, name: 'Another', targetId } }),
        () => save(own.id, targetId),
      ]) {
        refusals.push(
          await attempt().then(
            () => 'taken',
            (error: ApiError) => `${error.status} ${error.message}`,
          ),
        )
      }
    }
    expect(new Set(refusals).size).toBe(1)
    expect(refusals[0]).toMatch(/^403 Access Denied. Targets serve all workspaces/)
    expect(await save(given.id, target.id)).toMatchObject({ targetId: target.id })
    expect(await save(given.id, null)).toMatchObject({ targetId: null })
    await app.call(deleteSchedule, { params: { id: given.id } })
    await expect(app.call(createBackup, { body: { workspaceId, targetId: 999_999 } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'targetId' },
    })
  })

  it('are out of reach for a token that is limited to some workspaces', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    const call = await app.callAs(ALL_SCOPES, [1])
    const attempts = [
      () => call(contract.listTargets),
      () => call(contract.getTarget, at(added.id)),
      () => call(contract.createTarget, { body: folder() }),
      () => call(contract.updateTarget, { ...at(added.id), body: s3() }),
      () => call(contract.deleteTarget, at(added.id)),
      () => call(contract.testTarget, at(added.id)),
      () => call(contract.tryTarget, { body: { settings: s3().settings, targetId: added.id } }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'access_denied' })
  })
})

describe('saving a target', () => {
  it('refuses a name that is taken, whatever its case, and that of the folder of the instance', async () => {
    await app.call(contract.createTarget, { body: s3() })
    const other = await app.call(contract.createTarget, { body: folder() })
    const expected = { code: 'invalid_input', payload: { param: 'name' } }
    const name = `STORE ${names}`
    await expect(app.call(contract.createTarget, { body: { ...s3(), name } })).rejects.toMatchObject(expected)
    await expect(
      app.call(contract.updateTarget, { ...at(other.id), body: { ...folder(), name } }),
    ).rejects.toMatchObject(expected)
    await expect(app.call(contract.createTarget, { body: { ...s3(), name: 'this server' } })).rejects.toMatchObject(
      expected,
    )
  })

  it.each([
    ['endpoint', 'ftp://store'],
    ['endpoint', 'https://key:secret@store'],
    ['endpoint', 'https://store?x=1'],
    ['bucket', 'a/b'],
    ['bucket', ''],
    ['prefix', '/a'],
  ])('refuses the %s %j', async (field, value) => {
    await expect(app.call(contract.createTarget, { body: s3({ [field]: value }) })).rejects.toMatchObject({
      code: 'invalid_input',
      payload: { param: expect.stringContaining(field) },
    })
  })

  it('refuses an S3 store without its secret', async () => {
    const { name, settings } = s3()
    for (const body of [
      { name, settings },
      { name, settings, secret: '' },
    ])
      await expect(app.call(contract.createTarget, { body })).rejects.toMatchObject({ payload: { param: 'secret' } })
  })

  it('keeps a secret that is not sent, but never for another address or access key ID', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    const { name } = s3()
    const kept = await app.call(contract.updateTarget, {
      ...at(added.id),
      body: { name: `${name} b`, settings: s3().settings },
    })
    expect(kept).toMatchObject({ name: `${name} b`, hasSecret: true })
    expect(await app.call(contract.testTarget, at(added.id))).toMatchObject({ ok: true })
    server.requests.length = 0
    for (const change of [{ endpoint: server.endpoint.replace('127.0.0.1', 'localhost') }, { accessKeyId: 'OTHER' }]) {
      const { settings } = s3(change)
      await expect(
        app.call(contract.updateTarget, { ...at(added.id), body: { name, settings } }),
      ).rejects.toMatchObject({ payload: { param: 'secret' } })
      await expect(app.call(contract.tryTarget, { body: { settings, targetId: added.id } })).rejects.toMatchObject({
        payload: { param: 'secret' },
      })
    }
    expect(server.requests).toEqual([])
    const disk = await app.call(contract.createTarget, { body: folder() })
    await expect(
      app.call(contract.updateTarget, { ...at(disk.id), body: { name, settings: s3().settings } }),
    ).rejects.toMatchObject({ payload: { param: 'secret' } })
  })

  it('refuses the folders of the instance, a relative path and a folder that cannot be made', async () => {
    for (const path of [app.dataDir, join(app.dataDir, 'db'), 'backups', '/proc/nowhere/inner'])
      await expect(app.call(contract.createTarget, { body: folder(path) })).rejects.toMatchObject({
        code: 'invalid_input',
        payload: { param: 'settings.path' },
      })
  })

  it('refuses another place while backups lie in this one; a disk that is mounted elsewhere is the same place', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    await addBackup(added.id)
    await expect(
      app.call(contract.updateTarget, { ...at(added.id), body: s3({ prefix: 'elsewhere/' }) }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await app.call(contract.updateTarget, { ...at(added.id), body: s3({ region: 'eu-west-1' }) })

    const [here, there] = [join(app.dataDir, `here-${names}`), join(app.dataDir, `there-${names}`)]
    const disk = await app.call(contract.createTarget, { body: folder(here) })
    await addBackup(disk.id)
    const body = folder(there)
    for (const name of ['First try', 'Second try'])
      await expect(app.call(contract.updateTarget, { ...at(disk.id), body: { ...body, name } })).rejects.toMatchObject({
        code: 'conflict',
      })
    renameSync(here, there)
    expect((await app.call(contract.updateTarget, { ...at(disk.id), body })).settings).toMatchObject({ path: there })
  })

  it('does not mark a folder again whose disk is away', async () => {
    const body = folder()
    const disk = await app.call(contract.createTarget, { body })
    const path = join(app.dataDir, `nas-${names}`)
    rmSync(path, { recursive: true })
    await app.call(contract.updateTarget, { ...at(disk.id), body: { ...body, name: `${body.name} b` } })
    const store = await app.deps.targets.open(disk.id)
    await expect(store.size('a')).rejects.toMatchObject({ code: 'not_ready' })
  })
})

describe('deleting a target', () => {
  it('is refused while something uses it, which is named', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    await addSchedule(added.id ?? 0, 'Weekly')
    const failed = await addBackup(added.id, { object_name: null, status: 'failed' })
    const stored = await addBackup(added.id)
    const { db } = app.database
    const refusal = (): Promise<unknown> => app.call(contract.deleteTarget, at(added.id))
    await expect(refusal()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Weekly of Of Weekly'),
    })
    await db.deleteFrom('schedule').where('target_id', '=', added.id).execute()
    await expect(refusal()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1 backup lies in'),
    })
    await db.deleteFrom('backup').where('id', '=', stored).execute()
    await expect(refusal()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('1 run to') })
    await db.deleteFrom('backup').where('id', '=', failed).execute()
    expect(await app.call(contract.deleteTarget, at(added.id))).toBe(null)
    await expect(app.call(contract.getTarget, at(added.id))).rejects.toMatchObject({ code: 'not_found' })
    await expect(refusal()).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('testing a target', () => {
  it('writes, reads and deletes, leaves nothing behind, and is remembered until the settings change', async () => {
    for (const body of [s3(), folder()]) {
      const added = await app.call(contract.createTarget, { body })
      const test = await app.call(contract.testTarget, at(added.id))
      expect(test).toMatchObject({ ok: true, at: expect.any(String) })
      expect(test.steps.map(({ step, ok }) => [step, ok])).toEqual([
        ['write', true],
        ['read', true],
        ['delete', true],
      ])
      expect((await app.call(contract.getTarget, at(added.id))).lastTest).toEqual(test)
      await app.call(contract.updateTarget, {
        ...at(added.id),
        body: { name: `${body.name} c`, settings: body.settings },
      })
      expect((await app.call(contract.getTarget, at(added.id))).lastTest).toEqual(test)
    }
    expect((await server.keys()).filter((key) => key.includes('metadeck-test'))).toEqual([])
    expect(readdirSync(join(app.dataDir, `nas-${names}`))).toEqual(['.metadeck-target'])
    const { items } = await app.call(contract.listTargets)
    const id = items.find(({ name }) => name === `Store ${names} c`)?.id ?? 0
    await app.call(contract.updateTarget, { ...at(id), body: s3({ region: 'eu-west-1' }) })
    expect((await app.call(contract.getTarget, at(id))).lastTest).toBe(null)
  })

  it('that fails is an answer: the step, why, and what to do', async () => {
    const { settings } = s3()
    const attempt = (body: object): Promise<contract.TargetTest> =>
      app.call(contract.tryTarget, { body: { settings, secret: server.secret, ...body } })
    expect(await attempt({ secret: 'wrong' })).toMatchObject({
      ok: false,
      steps: [{ step: 'write', ok: false, message: expect.stringContaining('secret access key') }],
    })
    expect(await attempt({ settings: s3({ bucket: 'nowhere' }).settings })).toMatchObject({
      ok: false,
      steps: [{ message: expect.stringContaining('no bucket nowhere') }],
    })
  })

  it('tells a store that loses what it takes, and deletes what it wrote', async () => {
    const { name: _name, ...body } = s3()
    server.fault = ({ method, url }) =>
      method === 'GET' && !url.includes('uploads') ? { status: 200, body: 'another thing' } : undefined
    const test = await app.call(contract.tryTarget, { body })
    expect(test.ok).toBe(false)
    expect(test.steps).toMatchObject([
      { ok: true },
      { step: 'read', ok: false, message: expect.stringContaining('not what was written') },
    ])
    expect((await server.keys()).filter((key) => key.includes('metadeck-test'))).toEqual([])
  })

  it('tells a key that may not delete', async () => {
    const { name: _name, ...body } = s3()
    server.fault = ({ method }) =>
      method === 'DELETE' ? { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' } : undefined
    const test = await app.call(contract.tryTarget, { body })
    expect(test.ok).toBe(false)
    expect(test.steps.at(-1)).toMatchObject({
      step: 'delete',
      ok: false,
      message: expect.stringContaining('refuses access'),
    })
  })

  it('before it is saved takes the secret of the saved one, and leaves no mark in a folder', async () => {
    const added = await app.call(contract.createTarget, { body: s3() })
    const settings = { ...s3().settings, prefix: 'new/' }
    expect(await app.call(contract.tryTarget, { body: { settings, targetId: added.id } })).toMatchObject({ ok: true })
    await expect(app.call(contract.tryTarget, { body: { settings } })).rejects.toMatchObject({
      payload: { param: 'secret' },
    })
    const path = join(app.dataDir, `tried-${names}`)
    expect(await app.call(contract.tryTarget, { body: { settings: { kind: 'folder', path } } })).toMatchObject({
      ok: true,
    })
    expect(readdirSync(path)).toEqual([])
    await expect(
      app.call(contract.tryTarget, { body: { settings: { kind: 'folder', path: 'x' } } }),
    ).rejects.toMatchObject({ payload: { param: 'settings.path' } })
  })

  it('of a folder whose disk is away fails, saved or about to be', async () => {
    const body = folder()
    const disk = await app.call(contract.createTarget, { body })
    const path = join(app.dataDir, `nas-${names}`)
    rmSync(path, { recursive: true })
    mkdirSync(path)
    expect(await app.call(contract.testTarget, at(disk.id))).toMatchObject({
      ok: false,
      steps: [{ ok: false, message: expect.stringContaining('is its disk mounted') }],
    })
    const tried = await app.call(contract.tryTarget, { body: { settings: body.settings, targetId: disk.id } })
    expect(tried.ok).toBe(false)
  })

  it('does not go on for ever', async () => {
    const { name: _name, ...body } = s3()
    server.fault = () => 'drop'
    expect(await app.call(contract.tryTarget, { body })).toMatchObject({
      ok: false,
      steps: [{ message: expect.stringContaining('closed the connection') }],
    })
  })
})
