import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { getInstance, getMe, listInstances } from '#api/contract/account.ts'
import { uploadFile } from '#api/contract/files.ts'
import * as contract from '#api/contract/workspaces.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { type RawCall, rawCall } from './raw-call-fixture.ts'

let test$: TestApp
let raw: RawCall

beforeAll(async () => {
  test$ = await createTestApp()
  raw = await rawCall(test$)
})
afterAll(() => test$.close())

const at = (workspace_id: number) => ({ params: { workspace_id } })

test('a new workspace has the branch v1, live, and the data source live', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: ' Shop ', description: 'Sells' } })
  expect(made).toMatchObject({ name: 'Shop', description: 'Sells', branch: 'v1' })
  expect(made.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000$/)
  expect(await test$.call(contract.listBranches, at(made.id))).toMatchObject([
    { label: 'v1', live: true, backup: false },
  ])
  expect(await test$.call(contract.listDataSources, at(made.id))).toMatchObject([{ label: 'live' }])
})

test('what is not sent stays, also inside preferences', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: 'Keep', description: 'this' } })
  const body = { preferences: { allow_push: false } }
  const changed = await test$.call(contract.updateWorkspace, { ...at(made.id), body })
  expect(changed).toMatchObject({
    name: 'Keep',
    description: 'this',
    preferences: { allow_push: false },
    documentation: { require_token: false },
  })
})

test('a deleted workspace is gone with its rows, and its number answers 404', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: 'Gone' } })
  expect(await test$.call(contract.deleteWorkspace, at(made.id))).toBeNull()
  await expect(test$.call(contract.getWorkspace, at(made.id))).rejects.toMatchObject({ status: 404, code: 'not_found' })
  await expect(test$.call(contract.listBranches, at(made.id))).rejects.toMatchObject({ status: 404 })
  const schemas = await test$.database.pool.query('select 1 from pg_namespace where nspname = $1', [`w${made.id}_live`])
  expect(schemas.rowCount).toBe(0)
})

test('every answer names the version; a write for another one is refused, telling who changed what', async () => {
  const made = await raw('POST', '', { body: { name: 'Versions' } })
  const path = `/${String(made.body['id'])}`
  expect(made.etag).toMatch(/^"[0-9a-f]{32}"$/)
  expect((await raw('GET', path)).etag).toBe(made.etag)
  const changed = await raw('PUT', path, { body: { description: 'new' }, ifMatch: made.etag })
  expect(changed).toMatchObject({ status: 200, body: { description: 'new' } })
  expect((await raw('GET', path)).etag).toBe(changed.etag)
  for (const method of ['PUT', 'DELETE'] as const) {
    const late = await raw(method, path, { body: {}, ifMatch: made.etag })
    expect(late).toMatchObject({
      status: 409,
      body: {
        payload: { reason: 'version', changes: [{ action: 'workspaceUpdate', detail: { changed: ['description'] } }] },
      },
    })
  }
  expect((await raw('DELETE', path, { ifMatch: changed.etag })).status).toBe(200)
})

test('a write that changes nothing keeps the time of the last change and the version', async () => {
  const made = await raw('POST', '', { body: { name: 'Still', description: 'same' } })
  test$.advance(5_000)
  const body = { name: 'Still', description: 'same', documentation: { require_token: false }, preferences: {} }
  const again = await raw('PUT', `/${String(made.body['id'])}`, { body })
  expect(again).toEqual(made)
  const changed = await raw('PUT', `/${String(made.body['id'])}`, { body: { swagger: false } })
  expect(changed.body['updated_at']).not.toBe(made.body['updated_at'])
})

test('two workspaces may share a name, and keep apart by their ids', async () => {
  const [one, two] = [
    await test$.call(contract.createWorkspace, { body: { name: 'Twin', description: 'one' } }),
    await test$.call(contract.createWorkspace, { body: { name: 'Twin', description: 'two' } }),
  ]
  await test$.call(contract.updateWorkspace, { ...at(one.id), body: { description: 'changed' } })
  const twins = (await test$.call(contract.listWorkspaces)).filter(({ name }) => name === 'Twin')
  expect(new Map(twins.map(({ id, description }) => [id, description]))).toEqual(
    new Map([
      [one.id, 'changed'],
      [two.id, 'two'],
    ]),
  )
})

test('of five deletes at a time one deletes the workspace and the others find nothing', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: 'Five' } })
  const replies = await Promise.all(Array.from({ length: 5 }, () => raw('DELETE', `/${made.id}`)))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404, 404])
})

test('the objects of its stored files go with a workspace', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: 'Files' } })
  const file = { content: new Blob(['x']), name: 'a.txt' }
  await test$.call(uploadFile, { params: { workspace_id: made.id }, body: {}, file })
  const objects = () => readdirSync(join(test$.dataDir, 'files')).filter((name) => name.startsWith(`w${made.id}-`))
  expect(objects()).toHaveLength(1)
  await test$.call(contract.deleteWorkspace, at(made.id))
  expect(objects()).toEqual([])
})

test('a workspace that is being restored is not deleted', async () => {
  const made = await test$.call(contract.createWorkspace, { body: { name: 'Busy' } })
  const client = await test$.database.pool.connect()
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`metadeck.import.${made.id}`])
  const refused = await raw('DELETE', `/${made.id}`)
  expect(refused).toMatchObject({ status: 409, body: { payload: { reason: 'import_in_progress' } } })
  await client.query('rollback')
  client.release()
  expect((await raw('DELETE', `/${made.id}`)).status).toBe(200)
})

test.each(['queued', 'running'])('a workspace that a %s restore goes into is not deleted', async (status) => {
  const { id: workspaceId } = await test$.call(contract.createWorkspace, { body: { name: `Awaits ${status}` } })
  const { id } = await test$.database.db
    .insertInto('restore')
    .values({
      workspace_id: workspaceId,
      workspace_name: 'Awaits',
      into_new: false,
      status,
      stage: 'queued',
      created_by: 'test',
      created_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const refused = await raw('DELETE', `/${workspaceId}`)
  expect(refused).toMatchObject({ status: 409, body: { payload: { reason: 'import_in_progress', restore: id } } })
  expect(refused.body['message']).toMatch(new RegExp(`^Restore ${id} goes into this workspace. Wait`))
  await test$.database.db.updateTable('restore').set({ status: 'cancelled' }).where('id', '=', id).execute()
  expect((await raw('DELETE', `/${workspaceId}`)).status).toBe(200)
})

test('a bad name and an unknown field are refused with the field named, in the API’s own words', async () => {
  const post = (payload: Record<string, unknown>) =>
    test$.app.inject({ method: 'POST', url: contract.createWorkspace.path, payload, headers: { authorization: '' } })
  expect((await post({ name: 'x' })).json()).toMatchObject({ code: 'ERROR_CODE_UNAUTHORIZED' })
  const refused = async (body: Record<string, unknown>) =>
    test$.call(contract.createWorkspace, { body: body as never }).catch((error: unknown) => error)
  expect(await refused({})).toMatchObject({ status: 400, message: 'Missing param: name', payload: { param: 'name' } })
  expect(await refused({ name: 7 })).toMatchObject({ payload: { param: 'name' } })
  expect(await refused({ name: 'x'.repeat(201) })).toMatchObject({ payload: { param: 'name' } })
  expect(await refused({ name: 'x', nope: 1 })).toMatchObject({ payload: { param: 'nope' } })
})

test('fields may travel as multipart too', async () => {
  const form = '--b\r\ncontent-disposition: form-data; name="name"\r\n\r\nMultipart\r\n--b--\r\n'
  const sign = await test$.app.inject({
    method: 'POST',
    url: '/api:console/session',
    payload: { email: OWNER.email, password: OWNER.password },
  })
  const reply = await test$.app.inject({
    method: 'POST',
    url: contract.createWorkspace.path,
    payload: form,
    headers: {
      'content-type': 'multipart/form-data; boundary=b',
      cookie: `${sign.cookies[0]?.name ?? ''}=${sign.cookies[0]?.value ?? ''}`,
    },
  })
  expect(reply.json()).toMatchObject({ name: 'Multipart' })
})

test('the Account API names the caller and the built-in instance', async () => {
  expect(await test$.call(getMe)).toMatchObject({ name: OWNER.name, email: OWNER.email })
  const [instance] = await test$.call(listInstances)
  expect(instance).toMatchObject({ name: 'metadeck', meta_api: 'http://localhost/api:meta' })
  expect(await test$.call(getInstance, { params: { name: 'metadeck' } })).toEqual(instance)
  await expect(test$.call(getInstance, { params: { name: 'other' } })).rejects.toMatchObject({ status: 404 })
})
