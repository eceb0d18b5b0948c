import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/workspaces.ts'

import { addGroup } from '../../archive/archive-fixture.ts'
import { readBranch } from '../../db/workspace.ts'
import { newGuid } from '../../ids.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type RawCall, rawCall } from '../workspaces/raw-call-fixture.ts'

let test$: TestApp
let raw: RawCall

beforeAll(async () => {
  test$ = await createTestApp()
  raw = await rawCall(test$)
})
afterAll(() => test$.close())

async function newWorkspace(name: string): Promise<number> {
  return (await test$.call(contract.createWorkspace, { body: { name } })).id
}

const create = (workspace_id: number, label: string, more = {}) =>
  test$.call(contract.createBranch, { params: { workspace_id }, body: { label, ...more } })

const labels = async (workspace_id: number) =>
  (await test$.call(contract.listBranches, { params: { workspace_id } })).map(({ label, live }) => [label, live])

/** What the branch holds, ids and times aside, and the ids. */
async function contentsOf(workspaceId: number, label: string): Promise<{ contents: unknown; ids: string[] }> {
  const { db } = test$.database
  const { id } = await readBranch(db, workspaceId, label)
  const groups = await db.selectFrom('api_group').selectAll().where('branch_id', '=', id).orderBy('id').execute()
  const constructs = await db.selectFrom('construct').selectAll().where('branch_id', '=', id).orderBy('id').execute()
  const nameOf = (groupId: number | null): string | undefined => groups.find((group) => group.id === groupId)?.name
  return {
    contents: [
      groups.map(({ id: _id, branch_id: _branch, created_at: _at, updated_at: _updated, ...group }) => group),
      constructs.map(({ id: _id, branch_id: _branch, created_at: _at, updated_at: _updated, ...one }) => ({
        ...one,
        api_group_id: nameOf(one.api_group_id),
      })),
    ],
    ids: [...groups.map((row) => `group ${row.id}`), ...constructs.map((row) => `construct ${row.id}`)],
  }
}

/** Two groups, a query in each, a function with a draft. */
async function fill(workspaceId: number): Promise<void> {
  const { db } = test$.database
  const { id: branch_id } = await readBranch(db, workspaceId, '')
  await addGroup(test$.database, workspaceId, 'Shop')
  await addGroup(test$.database, workspaceId, 'Admin')
  const groups = await db.selectFrom('api_group').select('id').where('branch_id', '=', branch_id).execute()
  const at = { created_at: new Date(), updated_at: new Date() }
  const base = { workspace_id: workspaceId, branch_id, description: '', checksum: 'x', ...at }
  for (const { id } of groups) {
    await db
      .insertInto('construct')
      .values({ ...base, api_group_id: id, kind: 'query', name: 'list', verb: 'GET', guid: newGuid(), text: `${id}` })
      .execute()
  }
  await db
    .insertInto('construct')
    .values({ ...base, kind: 'function', name: 'f', guid: newGuid(), text: 'function f {}', draft: 'later' })
    .execute()
}

test('a new branch is a copy of its source: groups and constructs with guids, canonicals and drafts, under new ids', async () => {
  const id = await newWorkspace('Copies')
  await fill(id)
  const made = await create(id, 'next', { description: 'What comes', color: '#112233' })
  expect(made).toMatchObject({ label: 'next', description: 'What comes', color: '#112233', live: false, backup: false })
  const [source, copy] = [await contentsOf(id, 'v1'), await contentsOf(id, 'next')]
  expect(source.ids).toHaveLength(5)
  expect(copy.contents).toEqual(source.contents)
  expect(new Set([...source.ids, ...copy.ids]).size).toBe(10)
  await test$.database.db
    .deleteFrom('construct')
    .where('workspace_id', '=', id)
    .where('kind', '=', 'function')
    .execute()
  await create(id, 'third', { source_branch: 'next' })
  expect((await contentsOf(id, 'third')).ids).toHaveLength(4)
})

test('a taken label, one that no address can hold, an unknown source and an unknown branch are refused', async () => {
  const id = await newWorkspace('Refusals')
  await create(id, 'Next')
  for (const label of ['Next', 'next', 'V1', 'a/b', '']) {
    await expect(create(id, label)).rejects.toMatchObject({ status: 400, payload: { param: 'label' } })
  }
  await expect(create(id, 'x', { color: 'red' })).rejects.toMatchObject({ status: 400, payload: { param: 'color' } })
  await expect(create(id, 'x', { source_branch: 'none' })).rejects.toMatchObject({ status: 404 })
  await expect(create(999_999, 'x')).rejects.toMatchObject({ status: 404 })
  for (const label of ['none', 'a%2Fb', '%20']) expect((await raw('GET', `/${id}/branch/${label}`)).status).toBe(404)
  expect(await labels(id)).toEqual([
    ['v1', true],
    ['Next', false],
  ])
})

test('label, description and colour change one by one; what is not sent stays', async () => {
  const id = await newWorkspace('Changes')
  await create(id, 'old', { description: 'kept' })
  const params = { workspace_id: id, branch_label: 'old' }
  const changed = await test$.call(contract.updateBranch, { params, body: { label: 'new' } })
  expect(changed).toMatchObject({ label: 'new', description: 'kept', color: '#ebc346' })
  await expect(test$.call(contract.getBranch, { params })).rejects.toMatchObject({ status: 404 })
  const renamed = { ...params, branch_label: 'new' }
  const body = { color: '#ABCDEF', description: '' }
  expect(await test$.call(contract.updateBranch, { params: renamed, body })).toMatchObject({ label: 'new', ...body })
  expect(await test$.call(contract.updateBranch, { params: renamed, body: { label: 'NEW' } })).toMatchObject({
    label: 'NEW',
  })
})

test('v1 keeps its label, and no other branch takes a label that is there', async () => {
  const id = await newWorkspace('Labels')
  await create(id, 'a')
  const update = (branch_label: string, body: object) =>
    test$.call(contract.updateBranch, { params: { workspace_id: id, branch_label }, body })
  await expect(update('v1', { label: 'main' })).rejects.toMatchObject({ status: 400, payload: { param: 'label' } })
  await expect(update('a', { label: 'v1' })).rejects.toMatchObject({ status: 400, payload: { param: 'label' } })
  await expect(update('none', {})).rejects.toMatchObject({ status: 404 })
  expect(await update('v1', { label: 'v1', description: 'first' })).toMatchObject({ description: 'first' })
})

test('of several that make one label at a time one wins and the others are told that it is taken', async () => {
  const id = await newWorkspace('Twice')
  await fill(id)
  const replies = await Promise.all([1, 2, 3].map(() => raw('POST', `/${id}/branch`, { body: { label: 'same' } })))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
  expect((await contentsOf(id, 'same')).ids).toHaveLength(5)
})

test('setting branches live at the same time leaves exactly one live', async () => {
  const id = await newWorkspace('Live')
  for (const label of ['a', 'b', 'c']) await create(id, label)
  const wanted = ['a', 'b', 'c', 'v1', 'a', 'b', 'c', 'v1', 'c', 'b']
  const replies = await Promise.all(wanted.map((label) => raw('POST', `/${id}/branch/${label}/live`)))
  expect(replies.map(({ status }) => status)).toEqual(wanted.map(() => 200))
  expect((await labels(id)).filter(([, live]) => live)).toHaveLength(1)
  await raw('POST', `/${id}/branch/b/live`)
  const workspace = await test$.call(contract.getWorkspace, { params: { workspace_id: id } })
  expect(workspace.branch).toBe('b')
})

test('v1 and the live branch cannot be deleted; any other goes with its groups and constructs', async () => {
  const id = await newWorkspace('Deletes')
  await fill(id)
  for (const label of ['a', 'b']) await create(id, label)
  await raw('POST', `/${id}/branch/a/live`)
  for (const label of ['v1', 'a']) {
    const refused = await raw('DELETE', `/${id}/branch/${label}`)
    expect(refused).toMatchObject({ status: 400, body: { payload: { reason: 'protected' } } })
    expect(refused.body['message']).toContain(`The branch ${label} cannot be deleted`)
  }
  const params = { workspace_id: id, branch_label: 'b' }
  expect(await test$.call(contract.deleteBranch, { params })).toBeNull()
  await expect(test$.call(contract.deleteBranch, { params })).rejects.toMatchObject({ status: 404 })
  const left = await test$.database.db.selectFrom('construct').select('id').where('workspace_id', '=', id).execute()
  expect(left).toHaveLength(6)
})

test('every answer names the version; a write for another one is refused, telling who changed what', async () => {
  const id = await newWorkspace('Versions')
  const made = await raw('POST', `/${id}/branch`, { body: { label: 'a' } })
  const at = `/${id}/branch/a`
  expect(made.etag).toMatch(/^"[0-9a-f]{32}"$/)
  test$.advance(5_000)
  expect((await raw('PUT', at, { body: { label: 'a' }, ifMatch: made.etag })).etag).toBe(made.etag)
  const live = await raw('POST', `${at}/live`, { ifMatch: made.etag })
  expect(live).toMatchObject({ status: 200, body: { live: true } })
  expect((await raw('GET', at)).etag).toBe(live.etag)
  for (const late of [
    await raw('PUT', at, { body: { color: '#000000' }, ifMatch: made.etag }),
    await raw('POST', `${at}/live`, { ifMatch: made.etag }),
    await raw('DELETE', at, { ifMatch: made.etag }),
  ]) {
    expect(late).toMatchObject({
      status: 409,
      body: {
        payload: {
          reason: 'version',
          etag: live.etag,
          changes: [{ action: 'branchSetLive' }],
        },
      },
    })
  }
})

test('a write that changes nothing keeps the time of the last change', async () => {
  const id = await newWorkspace('Still')
  await create(id, 'a', { description: 'x' })
  const time = async () => (await readBranch(test$.database.db, id, 'a')).updated_at
  const before = await time()
  test$.advance(5_000)
  await raw('PUT', `/${id}/branch/a`, { body: { label: 'a', description: 'x', color: '#ebc346' } })
  expect(await time()).toEqual(before)
  await raw('POST', `/${id}/branch/v1/live`)
  expect(await time()).toEqual(before)
})

test('every operation asks for its scope, creating and deleting for Update', async () => {
  const id = await newWorkspace('Scopes')
  const params = { workspace_id: id }
  const branch = { ...params, branch_label: 'v1' }
  const reader = await test$.callAs({ 'instance:workspace': 'r' })
  expect(await reader(contract.getBranch, { params: branch })).toMatchObject({ label: 'v1' })
  const denied = { status: 403, payload: { scope: 'instance:workspace:update' } }
  await expect(reader(contract.createBranch, { params, body: { label: 'x' } })).rejects.toMatchObject(denied)
  for (const endpoint of [contract.updateBranch, contract.deleteBranch, contract.setBranchLive])
    await expect(reader(endpoint, { params: branch, body: {} })).rejects.toMatchObject(denied)
  await expect(test$.callWith({})(contract.listBranches, { params })).rejects.toMatchObject({ status: 401 })
})
