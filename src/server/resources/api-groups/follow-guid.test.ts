import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/api-groups.ts'
import { createTable, getTable, updateTableSecurity } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { type ConstructsTest, openConstructsTest } from '../constructs/constructs-fixture.ts'

let t: ConstructsTest
let count = 0

beforeAll(async () => {
  t = await openConstructsTest()
  await t.addBranch('dev')
})
afterAll(() => t.test$.close())

const create = (name: string, branch = '', workspace_id = t.workspace_id) =>
  t.test$.call(contract.createApiGroup, {
    params: { workspace_id },
    body: { name, description: '', swagger: true, branch },
  })

const secure = ({ id, canonical = '' }: contract.ApiGroup, guid: string, workspace_id = t.workspace_id) =>
  t.test$.call(contract.updateApiGroupSecurity, {
    params: { workspace_id, apigroup_id: id },
    body: { guid, canonical },
  })

const remove = ({ id }: contract.ApiGroup) =>
  t.test$.call(contract.deleteApiGroup, { params: { workspace_id: t.workspace_id, apigroup_id: id } })

/** A table tied to a guid; answers what it is tied to later. */
async function tiedTable(guid: string, workspace_id = t.workspace_id): Promise<() => Promise<unknown>> {
  const body = { name: `table_${(count += 1)}` }
  const { id: table_id } = await t.test$.call(createTable, { params: { workspace_id }, body })
  const params = { workspace_id, table_id }
  await t.test$.call(updateTableSecurity, { params, body: { guid } })
  return async () => (await t.test$.call(getTable, { params })).api_group_guid
}

test('tables follow the guid of their group, set as JSON or by a document, and no other table does', async () => {
  const group = await secure(await create('moved'), 'before')
  const other = await secure(await create('other'), 'other')
  const tie = await tiedTable('before')
  const otherTie = await tiedTable('other')
  const elsewhere = (await t.test$.call(createWorkspace, { body: { name: 'Elsewhere' } })).id
  await secure(await create('moved', '', elsewhere), 'before', elsewhere)
  const tieElsewhere = await tiedTable('before', elsewhere)

  await secure(group, 'after')
  expect([await tie(), await otherTie(), await tieElsewhere()]).toEqual(['after', 'other', 'before'])
  const params = { workspace_id: t.workspace_id, apigroup_id: group.id }
  await t.test$.call(contract.updateApiGroup, { params, xanoscript: 'api_group moved {\n guid = "written"\n}' })
  expect(await tie()).toBe('written')
  await remove(other)
  expect([await tie(), await otherTie()]).toEqual(['written', null])
})

test('tables stay tied while a copy in another branch has the guid, and are free with the last', async () => {
  const live = await secure(await create('copied'), 'shared')
  const copy = await secure(await create('copied', 'dev'), 'shared')
  const tie = await tiedTable('shared')
  await secure(copy, 'copy-only')
  expect(await tie()).toBe('shared')
  await secure(copy, 'shared')
  await remove(live)
  expect(await tie()).toBe('shared')
  await remove(copy)
  expect(await tie()).toBeNull()
})
