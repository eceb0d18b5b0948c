import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import * as contract from '#api/contract/histories.ts'
import { metaTime } from '#api/contract/names.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type HistoryEntry, recordHistory } from './record.ts'

describe('histories', () => {
  let app: TestApp
  let workspace_id: number
  let live: { id: number; label: string }
  const start = new Date('2026-11-21T10:00:00Z')
  const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000)

  beforeAll(async () => {
    app = await createTestApp()
    workspace_id = await makeWorkspace(app.database, 'Shop', [])
    live = await app.database.db
      .selectFrom('branch')
      .select(['id', 'label'])
      .where('workspace_id', '=', workspace_id)
      .executeTakeFirstOrThrow()
    const common = { kind: 'request', api_group_id: 4, verb: 'GET', input: { page: 1 }, output: ['secret'] } as const
    await record({ ...common, query_id: 1, uri: '/one', status: 200, durationSeconds: 0.5 }, 0)
    await record({ ...common, query_id: 2, uri: '/two', status: 404, durationSeconds: 2.25 }, 1)
    await record({ ...common, query_id: 2, uri: '/three', status: 500, durationSeconds: 3, api_group_id: 5 }, 2)
  })
  afterAll(() => app.close())

  function record(entry: Partial<HistoryEntry> & Pick<HistoryEntry, 'kind'>, seconds: number): Promise<void> {
    const place = { workspaceId: workspace_id, branch: live, at: after(seconds), durationSeconds: 1 }
    return recordHistory(app.database.db, { ...place, ...entry })
  }

  const list = async (query: object = {}) =>
    (await app.call(contract.listRequestHistory, { params: { workspace_id }, query })).items
  const search = async (body: object = {}) =>
    (await app.call(contract.searchRequestHistory, { params: { workspace_id }, body })).items
  const uris = (items: { uri?: string | undefined }[]) => items.map((item) => item.uri)

  it('a request is listed with its input, newest first, and its output only when asked for', async () => {
    const [newest, ...older] = await list()
    expect(uris(older)).toEqual(['/two', '/one'])
    expect(newest).toEqual({
      id: expect.any(Number) as number,
      created_at: metaTime(after(2)),
      duration: 3,
      input: { page: 1 },
      workspace_id,
      status: 500,
      verb: 'GET',
      uri: '/three',
      request_headers: [],
      response_headers: [],
      branch_id: live.id,
      branch: live.label,
      api_id: 5,
      query_id: 2,
      input_size: 10,
      output_size: 10,
    })
    expect((await list({ include_output: 'true' }))[0]).toMatchObject({ output: ['secret'] })
    expect((await search({ include_output: true }))[0]).toMatchObject({ output: ['secret'] })
    expect((await search())[0]).not.toHaveProperty('output')
  })

  it('a list is cut to a group, an endpoint and a branch; 0 means all', async () => {
    expect(uris(await list({ query_id: 2 }))).toEqual(['/three', '/two'])
    expect(uris(await list({ query_id: 2, apigroup_id: 4 }))).toEqual(['/two'])
    expect(uris(await list({ query_id: 0, apigroup_id: 0 }))).toHaveLength(3)
    expect(await list({ query_id: 99 })).toEqual([])
    expect(uris(await search({ query_id: 2, apigroup_id: null }))).toEqual(['/three', '/two'])
    expect(await list({ branch: 'v1' })).toHaveLength(3)
    await expect(list({ branch: 'nope' })).rejects.toMatchObject({ status: 404 })
    await expect(search({ branch: 'nope' })).rejects.toMatchObject({ status: 404 })
  })

  it('the live branch’s runs are shown; those of another are there by its name, all with null', async () => {
    const place = { color: '#000000', created_at: start, updated_at: start, description: '', live: false }
    const next = await app.database.db
      .insertInto('branch')
      .values({ ...place, workspace_id, label: 'next', guid: 'g'.repeat(27) })
      .returning(['id', 'label'])
      .executeTakeFirstOrThrow()
    await record({ kind: 'function', function_id: 1, branch: live }, 0)
    await record({ kind: 'function', function_id: 2, branch: next }, 1)
    const ids = async (body: object): Promise<unknown[]> => {
      const { items } = await app.call(contract.searchFunctionHistory, { params: { workspace_id }, body })
      return items.map((item) => item.function_id)
    }
    expect(await ids({})).toEqual([1])
    expect(await ids({ branch: '' })).toEqual([1])
    expect(await ids({ branch: 'next' })).toEqual([2])
    expect(await ids({ branch: null })).toEqual([2, 1])
  })

  it('a search finds by duration, status and time, in the form of the histories, and sorts', async () => {
    expect(uris(await search({ search: [{ 'duration|<|': 2 }] }))).toEqual(['/one'])
    expect(uris(await search({ search: [{ 'duration|>=': 0.5 }, { 'duration|<': 2.25 }] }))).toEqual(['/one'])
    expect(uris(await search({ search: { 'duration|in': [0.5, 3] }, sort: { duration: 'asc' } }))).toEqual([
      '/one',
      '/three',
    ])
    expect(uris(await search({ search: [{ status: 200 }, { 'status||or': 500 }] }))).toEqual(['/three', '/one'])
    expect(uris(await search({ search: { 'created_at|>=': after(1).getTime() } }))).toEqual(['/three', '/two'])
    expect(uris(await search({ search: { created_at: after(1).getTime() } }))).toEqual(['/two'])
    expect(
      uris(await search({ search: { uri: '/two', api_id: 4, apigroup_id: 4, verb: 'GET', branch: 'v1' } })),
    ).toEqual(['/two'])
    expect(uris(await search({ search: [], sort: [{ verb: 'asc' }, { duration: 'desc' }] }))).toEqual([
      '/three',
      '/two',
      '/one',
    ])
  })

  it('an unknown key, a value that does not fit and an unknown sort key are refused by name', async () => {
    await expect(search({ search: { nope: 1 } })).rejects.toMatchObject({ status: 400 })
    await expect(search({ search: { duration: 'long' } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'search.duration' },
    })
    await expect(search({ search: { input: 'x' } })).rejects.toMatchObject({ status: 400 })
    await expect(search({ sort: { nope: 'asc' } })).rejects.toMatchObject({ payload: { param: 'sort.nope' } })
    await expect(search({ query_id: 'x' })).rejects.toMatchObject({ payload: { param: 'query_id' } })
    await expect(search({ per_page: '5' })).rejects.toMatchObject({ payload: { param: 'per_page' } })
    await expect(search({ nope: 1 })).rejects.toMatchObject({ payload: { param: 'nope' } })
  })

  it('pages end where the history ends; more than 500 a page is refused', async () => {
    const read = (page: number) =>
      app.call(contract.listRequestHistory, { params: { workspace_id }, query: { page, per_page: 2 } })
    expect(await read(1)).toMatchObject({ curPage: 1, nextPage: 2, prevPage: null, items: [{}, {}] })
    expect(await read(2)).toMatchObject({ curPage: 2, nextPage: null, prevPage: 1, items: [{}] })
    await expect(list({ per_page: 501 })).rejects.toMatchObject({ status: 400, payload: { param: 'per_page' } })
    await expect(search({ per_page: 501 })).rejects.toMatchObject({ status: 400, payload: { param: 'per_page' } })
    expect(await list({ per_page: 500 })).toHaveLength(3)
  })

  it('each kind has a history of its own, with its own ids and no others', async () => {
    const ids = { function_id: 11, task_id: 12, query_id: 13, middleware_id: 14, tool_id: 15, trigger_id: 16 }
    for (const kind of ['task', 'middleware', 'tool', 'trigger'] as const) await record({ kind, ...ids }, 0)
    const common = { id: expect.any(Number) as number, created_at: metaTime(start), duration: 1, workspace_id }
    const run = { ...common, input: null, branch: 'v1' }
    const params = { workspace_id }
    const task = await app.call(contract.listTaskHistory, { params, query: { task_id: 12 } })
    expect(task.items).toEqual([{ ...run, task_id: 12 }])
    const middleware = { ...run, middleware_id: 14, query_id: 13, function_id: 11, task_id: 12 }
    expect((await app.call(contract.listMiddlewareHistory, { params })).items).toEqual([middleware])
    const body = { middleware_id: 14, query_id: 13, function_id: 11, task_id: 12 }
    expect((await app.call(contract.searchMiddlewareHistory, { params, body })).items).toEqual([middleware])
    const tool = await app.call(contract.searchToolHistory, { params, body: { tool_id: 15 } })
    expect(tool.items).toEqual([{ ...run, tool_id: 15 }])
    const trigger = await app.call(contract.listTriggerHistory, { params, query: { trigger_id: 16 } })
    expect(trigger.items).toEqual([{ ...common, input: null, trigger_id: 16 }])
    expect((await app.call(contract.searchTriggerHistory, { params, body: { trigger_id: 17 } })).items).toEqual([])
    expect((await app.call(contract.searchTaskHistory, { params })).items).toHaveLength(1)
    expect((await app.call(contract.listToolHistory, { params, query: { tool_id: 1 } })).items).toEqual([])
    expect((await app.call(contract.listFunctionHistory, { params, query: { function_id: 99 } })).items).toEqual([])
  })

  it('asks for its scope and for the workspace; another workspace’s runs are not there', async () => {
    const other = { workspace_id: await makeWorkspace(app.database, 'Other', []) }
    expect((await app.call(contract.listRequestHistory, { params: other })).items).toEqual([])
    const reader = await app.callAs({ 'workspace:requesthistory': 'r' }, [workspace_id])
    await reader(contract.searchRequestHistory, { params: { workspace_id } })
    await expect(reader(contract.listRequestHistory, { params: other })).rejects.toMatchObject({ status: 403 })
    const stranger = await app.callAs({ 'workspace:log': 'r' })
    await expect(stranger(contract.listTaskHistory, { params: { workspace_id } })).rejects.toMatchObject({
      status: 403,
      payload: { scope: 'workspace:requesthistory:read' },
    })
    const unknown = { workspace_id: 99_999 }
    await expect(app.call(contract.listToolHistory, { params: unknown })).rejects.toMatchObject({ status: 404 })
    await expect(app.call(contract.searchTriggerHistory, { params: unknown })).rejects.toMatchObject({ status: 404 })
  })

  it('a search leaves no audit record', async () => {
    const records = () => app.database.db.selectFrom('audit_record').select('id').orderBy('id').execute()
    const before = await records()
    await search()
    expect(await records()).toEqual(before)
  })
})
