import { afterAll, beforeAll, expect, test } from 'vitest'

import { createContent, listContent } from '#api/contract/content.ts'
import { addColumn, createTable } from '#api/contract/tables.ts'
import * as contract from '#api/contract/workspaces.ts'

import { userSchemas } from '../../archive/archive-fixture.ts'
import { addConstructs } from '../../archive/logic-fixture.ts'
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

async function newTable(workspace_id: number, name: string, tableref_id?: number): Promise<number> {
  const schema = [
    { name: 'id', type: 'int' as const },
    { name: 'text', type: 'text' as const },
    { name: 'other', type: 'int' as const, nullable: true, ...(tableref_id === undefined ? {} : { tableref_id }) },
  ]
  return (await test$.call(createTable, { params: { workspace_id }, body: { name, schema } })).id
}

const create = (workspace_id: number, label: string, more = {}) =>
  test$.call(contract.createDataSource, { params: { workspace_id }, body: { label, ...more } })

const rowsIn = async (workspace_id: number, table_id: number, source: string) =>
  (await test$.call(listContent, { params: { workspace_id, table_id }, headers: { 'x-data-source': source } })).items

const addRow = (workspace_id: number, table_id: number, source: string, body: Record<string, unknown>) =>
  test$.call(createContent, { params: { workspace_id, table_id }, body, headers: { 'x-data-source': source } })

test('a new data source has every table of the workspace, empty, with keys and references', async () => {
  const id = await newWorkspace('Sources')
  const first = await newTable(id, 'first')
  const second = await newTable(id, 'second', first)
  await addRow(id, first, 'live', { text: 'live row' })
  expect(await create(id, 'test')).toEqual({ label: 'test', color: '#ebc346' })
  expect(await rowsIn(id, first, 'test')).toEqual([])
  await expect(addRow(id, second, 'test', { other: 1 })).rejects.toMatchObject({ status: 400 })
  await addRow(id, first, 'test', { text: 'test row' })
  await addRow(id, second, 'test', { other: 1 })
  expect(await rowsIn(id, first, 'live')).toMatchObject([{ id: 1, text: 'live row' }])
  expect(await rowsIn(id, first, 'test')).toMatchObject([{ id: 1, text: 'test row' }])
  expect(await test$.call(contract.listDataSources, { params: { workspace_id: id } })).toEqual([
    { label: 'live', color: '#008000' },
    { label: 'test', color: '#ebc346' },
  ])
})

test('tables and columns that are made later are in every data source', async () => {
  const id = await newWorkspace('Later')
  await create(id, 'test', { color: '#010203' })
  const table = await newTable(id, 'later')
  const params = { workspace_id: id, table_id: table }
  await test$.call(addColumn, { params, body: { name: 'added', type: 'text' } })
  for (const source of ['live', 'test']) {
    await addRow(id, table, source, { added: source })
    expect(await rowsIn(id, table, source)).toMatchObject([{ added: source }])
  }
})

test('a taken label, one that no header can hold and an unknown workspace are refused', async () => {
  const id = await newWorkspace('Refusals')
  await create(id, 'test')
  for (const label of ['test', 'TEST', 'live', 'Live', 'a b', '', 'x'.repeat(41)]) {
    await expect(create(id, label)).rejects.toMatchObject({ status: 400, payload: { param: 'label' } })
  }
  await expect(create(id, 'x', { color: '#12' })).rejects.toMatchObject({ status: 400, payload: { param: 'color' } })
  await expect(create(999_999, 'x')).rejects.toMatchObject({ status: 404 })
  const longest = await create(id, 'x'.repeat(40))
  expect(await userSchemas(test$.database)).toContain(`w${id}_${longest.label}`)
})

test('of two that make one label at a time one wins and the other is told that it is taken', async () => {
  const id = await newWorkspace('Twice')
  const body = { label: 'same' }
  const replies = await Promise.all([1, 2, 3].map(() => raw('POST', `/${id}/datasource`, { body })))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
})

test('a new label keeps the rows, and the old one is not found any more', async () => {
  const id = await newWorkspace('Renames')
  const table = await newTable(id, 'kept')
  await create(id, 'old')
  await addRow(id, table, 'old', { text: 'kept' })
  const params = { workspace_id: id, label: 'old' }
  const changed = await test$.call(contract.updateDataSource, { params, body: { label: 'new' } })
  expect(changed).toEqual({ label: 'new', color: '#ebc346' })
  expect(await rowsIn(id, table, 'new')).toMatchObject([{ id: 1, text: 'kept' }])
  expect(await addRow(id, table, 'new', { text: 'next' })).toMatchObject({ id: 2 })
  await expect(rowsIn(id, table, 'old')).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(contract.updateDataSource, { params, body: {} })).rejects.toMatchObject({ status: 404 })
  const again = { params: { workspace_id: id, label: 'new' }, body: { label: 'live' } }
  await expect(test$.call(contract.updateDataSource, again)).rejects.toMatchObject({
    status: 400,
    payload: { param: 'label' },
  })
})

test('tasks and triggers that name a data source follow its new label, drafts too', async () => {
  const id = await newWorkspace('Follows')
  await newTable(id, 'con')
  for (const label of ['old', 'older']) await create(id, label)
  const task = (label: string): string => `task t {\n  datasource = "${label}"  // nightly\n\n  stack {\n  }\n}\n`
  const trigger = (labels: string): string =>
    `table_trigger tr {\n  table = "con"\n  datasources = [${labels}]\n\n  stack {\n  }\n}\n`
  await addConstructs(test$.database, id, [
    { kind: 'task', name: 't', text: task('old'), draft: task('old') },
    { kind: 'table_trigger', name: 'tr', text: trigger('"live", "old"') },
    { kind: 'task', name: 'other', text: task('older').replace('task t', 'task other') },
    { kind: 'task', name: 'unreadable', text: 'task unreadable { datasource = "old"' },
  ])
  await test$.call(contract.updateDataSource, { params: { workspace_id: id, label: 'old' }, body: { label: 'new' } })
  const rows = await test$.database.db
    .selectFrom('construct')
    .select(['text', 'draft'])
    .where('workspace_id', '=', id)
    .orderBy('id')
    .execute()
  expect(rows).toEqual([
    { text: task('new'), draft: task('new') },
    { text: trigger('"live", "new"'), draft: null },
    { text: task('older').replace('task t', 'task other'), draft: null },
    { text: 'task unreadable { datasource = "old"', draft: null },
  ])
})

test('live keeps its label and stays; its colour changes', async () => {
  const id = await newWorkspace('Live')
  const params = { workspace_id: id, label: 'live' }
  const update = (body: object) => test$.call(contract.updateDataSource, { params, body })
  expect(await update({ color: '#ffffff' })).toEqual({ label: 'live', color: '#ffffff' })
  await expect(update({ label: 'other' })).rejects.toMatchObject({ status: 400, payload: { param: 'label' } })
  await expect(test$.call(contract.deleteDataSource, { params })).rejects.toMatchObject({
    status: 400,
    payload: { reason: 'protected' },
  })
})

test('a deleted data source is gone with its rows, and calls that name it answer 404', async () => {
  const id = await newWorkspace('Deletes')
  const table = await newTable(id, 'gone')
  await create(id, 'test')
  await addRow(id, table, 'test', { text: 'gone' })
  await addRow(id, table, 'live', { text: 'kept' })
  const params = { workspace_id: id, label: 'test' }
  expect(await test$.call(contract.deleteDataSource, { params })).toBeNull()
  expect(await userSchemas(test$.database)).not.toContain(`w${id}_test`)
  await expect(rowsIn(id, table, 'test')).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(contract.deleteDataSource, { params })).rejects.toMatchObject({ status: 404 })
  expect(await rowsIn(id, table, 'live')).toMatchObject([{ text: 'kept' }])
})

test('every answer names the version; a write for another one is refused, telling who changed what', async () => {
  const id = await newWorkspace('Versions')
  const made = await raw('POST', `/${id}/datasource`, { body: { label: 'a' } })
  const at = `/${id}/datasource/a`
  expect(made.etag).toMatch(/^"[0-9a-f]{32}"$/)
  const same = await raw('PUT', at, { body: { color: '#ebc346' }, ifMatch: made.etag })
  expect(same).toMatchObject({ status: 200, etag: made.etag })
  const changed = await raw('PUT', at, { body: { color: '#000000' }, ifMatch: made.etag })
  expect(changed.status).toBe(200)
  for (const late of [
    await raw('PUT', at, { body: { label: 'b' }, ifMatch: made.etag }),
    await raw('DELETE', at, { ifMatch: made.etag }),
  ]) {
    expect(late).toMatchObject({ status: 409, body: { payload: { reason: 'version', etag: changed.etag } } })
    expect(JSON.stringify(late.body)).toContain('datasourceUpdate')
  }
  expect((await raw('DELETE', at, { ifMatch: changed.etag })).status).toBe(200)
})

test('every operation asks for its own scope', async () => {
  const id = await newWorkspace('Scopes')
  const params = { workspace_id: id }
  const one = { ...params, label: 'live' }
  const reader = await test$.callAs({ 'instance:workspace': 'r' })
  expect(await reader(contract.listDataSources, { params })).toHaveLength(1)
  const refused = (word: string) => ({ status: 403, payload: { scope: `instance:workspace:${word}` } })
  const body = { label: 'x' }
  await expect(reader(contract.createDataSource, { params, body })).rejects.toMatchObject(refused('create'))
  await expect(reader(contract.updateDataSource, { params: one, body })).rejects.toMatchObject(refused('update'))
  await expect(reader(contract.deleteDataSource, { params: one })).rejects.toMatchObject(refused('delete'))
})
