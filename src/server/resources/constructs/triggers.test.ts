import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { realtimeChannels } from '#api/contract/realtime-channels.ts'
import { createTable, deleteTable } from '#api/contract/tables.ts'
import {
  agentTriggers,
  mcpServerTriggers,
  realtimeTriggerAliases,
  realtimeTriggers,
  tableTriggers,
  workspaceTriggers,
} from '#api/contract/triggers.ts'

import { type ConstructsTest, openConstructsTest } from './constructs-fixture.ts'

let t: ConstructsTest
let params: { workspace_id: number }

beforeAll(async () => {
  t = await openConstructsTest()
  params = { workspace_id: t.workspace_id }
})
afterAll(() => t.test$.close())

const tableTrigger = (name: string, table: string) =>
  `table_trigger ${name} {\n  table = "${table}"\n  actions = {insert: true, update: false}\n}\n`
const realtimeTrigger = (name: string) =>
  `realtime_trigger ${name} {\n  channel = "room/*"\n  actions = {join: true}\n}\n`

describe('triggers', () => {
  test('a table trigger names a table that is there, and loses its id with it', async () => {
    const table = await t.test$.call(createTable, { params, body: { name: 'orders' } })
    const made = await t.test$.call(tableTriggers.create, { params, xanoscript: tableTrigger('watch', 'orders') })
    expect(made).toMatchObject({
      name: 'watch',
      table_id: table.id,
      actions: { insert: true, update: false, delete: false, truncate: false },
    })
    await expect(
      t.test$.call(tableTriggers.create, { params, xanoscript: tableTrigger('lost', 'nothing') }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('"nothing"') })
    expect(
      await t.test$.call(tableTriggers.create, { params, xanoscript: tableTrigger('watch_too', 'ORDERS') }),
    ).toMatchObject({ table_id: table.id })
    const item = { ...params, trigger_id: made.id }
    await expect(
      t.test$.call(tableTriggers.update, { params: item, xanoscript: tableTrigger('watch', 'nothing') }),
    ).rejects.toMatchObject({ status: 400 })
    await t.test$.call(deleteTable, { params: { ...params, table_id: table.id } })
    const left = await t.test$.call(tableTriggers.get, { params: item })
    expect(left).toMatchObject({ name: 'watch' })
    expect(left).not.toHaveProperty('table_id')
  })

  test('an action that the kind does not have and a data source that is not there do no harm', async () => {
    await t.test$.call(createTable, { params, body: { name: 'lenient' } })
    const xanoscript =
      'table_trigger odd {\n  table = "lenient"\n  actions = {insert: true, explode: true}\n  datasources = ["nope"]\n}\n'
    const made = await t.test$.call(tableTriggers.create, { params, xanoscript })
    expect(made.actions).toEqual({ insert: true, update: false, delete: false, truncate: false })
  })

  test('each kind has its own address, and no address takes another’s document', async () => {
    const kinds = [
      { endpoints: workspaceTriggers, text: 'workspace_trigger same {\n  actions = {branch_live: true}\n}\n' },
      { endpoints: agentTriggers, text: 'agent_trigger same {\n  agent = "helper"\n}\n' },
      { endpoints: mcpServerTriggers, text: 'mcp_server_trigger same {\n  mcp_server = "tools"\n}\n' },
      { endpoints: realtimeTriggers, text: realtimeTrigger('same') },
    ]
    for (const { endpoints, text } of kinds) {
      const made = await t.test$.call(endpoints.create, { params, xanoscript: text })
      const trigger_id = made.id
      expect((await t.test$.call(endpoints.list, { params })).items.map(({ id }) => id)).toEqual([trigger_id])
      const set = await t.test$.call(endpoints.security, { params: { ...params, trigger_id }, body: { guid: 'same' } })
      expect(set).toEqual({ ...made, guid: 'same', updated_at: set.updated_at })
      for (const other of kinds) {
        if (other.text === text) continue
        await expect(t.test$.call(endpoints.create, { params, xanoscript: other.text })).rejects.toMatchObject({
          status: 400,
        })
      }
      const wrong = endpoints === agentTriggers ? mcpServerTriggers : agentTriggers
      await expect(t.test$.call(wrong.get, { params: { ...params, trigger_id } })).rejects.toMatchObject({
        status: 404,
      })
    }
    const [shown] = (await t.test$.call(workspaceTriggers.list, { params })).items
    expect(shown?.actions).toEqual({ branch_live: true, branch_merge: false, branch_new: false })
  })

  test('the editor’s address serves the same realtime triggers', async () => {
    const made = await t.test$.call(realtimeTriggerAliases.create, { params, xanoscript: realtimeTrigger('shared') })
    const item = { ...params, trigger_id: made.id }
    expect(await t.test$.call(realtimeTriggers.get, { params: item })).toEqual(made)
    const changed = await t.test$.call(realtimeTriggerAliases.update, {
      params: item,
      xanoscript: realtimeTrigger('renamed'),
    })
    expect(await t.test$.call(realtimeTriggerAliases.get, { params: item })).toEqual(changed)
    expect(await t.test$.call(realtimeTriggerAliases.remove, { params: item })).toBeNull()
    await expect(t.test$.call(realtimeTriggers.get, { params: item })).rejects.toMatchObject({ status: 404 })
  })

  test('addresses that could be ids are not taken for ids', async () => {
    expect(await t.raw('GET', '/table/trigger')).toMatchObject({ status: 200, body: { curPage: 1 } })
    expect(await t.raw('GET', '/realtime/channel/trigger')).toMatchObject({ status: 200, body: { curPage: 1 } })
    expect(await t.raw('GET', '/table/trigger/999999')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('trigger') },
    })
    expect(await t.raw('GET', '/realtime/channel/trigger/999999')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('trigger') },
    })
    expect(await t.raw('GET', '/realtime/channel/999999')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('channel') },
    })
    expect(await t.raw('GET', '/table/999999')).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('table') },
    })
  })

  test('table triggers ask for the scope of tables', async () => {
    const functionsOnly = await t.test$.callAs({ 'workspace:function': 'crud' })
    await functionsOnly(agentTriggers.list, { params })
    await expect(functionsOnly(tableTriggers.list, { params })).rejects.toMatchObject({ status: 403 })
  })
})

describe('realtime channels', () => {
  test('are made from settings or a document, changed, listed and deleted', async () => {
    const made = await t.test$.call(realtimeChannels.create, {
      params,
      body: { name: 'chat/*', description: 'Rooms', active: false },
    })
    expect(made).toMatchObject({ name: 'chat/*', description: 'Rooms', active: false })
    const item = { ...params, channel_id: made.id }
    const on = await t.test$.call(realtimeChannels.update, { params: item, body: { active: true } })
    expect(on).toMatchObject({ name: 'chat/*', description: 'Rooms', active: true })
    const text =
      'realtime_channel news {\n  description = "Read only"\n  settings = {presence: true, message_history: 25}\n}\n'
    const news = await t.test$.call(realtimeChannels.create, { params, xanoscript: text })
    expect(news).toMatchObject({ name: 'news', active: true })
    const { items } = await t.test$.call(realtimeChannels.list, { params, query: { include_xanoscript: 'true' } })
    expect(items).toMatchObject([{ name: 'news', xanoscript: { value: text } }, { name: 'chat/*' }])
    expect(await t.test$.call(realtimeChannels.remove, { params: item })).toBeNull()
    expect((await t.test$.call(realtimeChannels.list, { params, query: { search: 'chat' } })).items).toEqual([])
  })

  test('need a name, one that is free', async () => {
    expect(await t.raw('POST', '/realtime/channel', { body: {} })).toMatchObject({
      status: 400,
      body: { message: 'Missing param: name', payload: { param: 'name' } },
    })
    await t.test$.call(realtimeChannels.create, { params, body: { name: 'lobby' } })
    await expect(t.test$.call(realtimeChannels.create, { params, body: { name: 'Lobby' } })).rejects.toMatchObject({
      status: 400,
    })
  })

  test('ask for the scope of the workspace', async () => {
    const reader = await t.test$.callAs({ 'instance:workspace': 'r' })
    await reader(realtimeChannels.list, { params })
    await expect(reader(realtimeChannels.create, { params, body: { name: 'x' } })).rejects.toMatchObject({
      status: 403,
    })
  })
})
