import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { createApiGroup } from '#api/contract/api-groups.ts'
import * as contract from '#api/contract/audit-log.ts'
import { createTable } from '#api/contract/tables.ts'
import { createToken } from '#api/contract/tokens.ts'
import { createWorkspace, deleteWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { type Served, watchRoutes } from '../../testing/operations.ts'
import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'
import { hasOwnWords, PATTERNS } from './deed-sentences.ts'

describe('the audit log', () => {
  let app: TestApp
  let served: Served
  let shop: number
  let secret: string

  beforeAll(async () => {
    ;({ built: app, served } = await watchRoutes(createTestApp))
    const owner = await app.signIn()
    shop = (await owner(createWorkspace, { body: { name: 'Shop', description: '' } })).id
    secret = (
      await owner(createToken, {
        body: { name: 'ci', scopes: { 'instance:workspace': 'crud' }, workspaces: 'all' },
      })
    ).token
    const body = { name: 'public', description: '', swagger: true }
    await owner(createApiGroup, { params: { workspace_id: shop }, body })
  })
  afterAll(() => app.close())

  const search = (body: object = {}) => app.call(contract.searchAuditLog, { body })
  const find = async (conditions: object): Promise<contract.AuditLogItem[]> =>
    (await search({ search: conditions, include_data: true })).items

  it('tells who did what to what, where and when', async () => {
    const [item] = await find({ action: 'apigroupCreate' })
    const user = await app.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()
    const branch = await app.database.db.selectFrom('branch').select('id').executeTakeFirstOrThrow()
    expect(item).toEqual({
      id: expect.any(Number) as number,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000$/) as string,
      updated_at: item?.created_at,
      type: 'create',
      msg: `The API group "public" was created by ${OWNER.email} (apigroupCreate)`,
      label: [],
      data: expect.any(Object) as object,
      obj: { type: 'api_group', id: expect.any(Number) as number },
      user: { id: user.id, email: OWNER.email },
      workspace: { id: shop, name: 'Shop' },
      branch: { id: branch.id, label: 'v1' },
    })
  })

  it('leaves out the data unless it is asked for, and never tells a secret', async () => {
    const query = { include_data: 'true', per_page: 1_000 } as const
    const { items } = await app.call(contract.listAuditLog, { query })
    expect(items.length).toBeGreaterThan(3)
    expect(JSON.stringify(items)).not.toContain(secret)
    expect(items.every((item) => 'data' in item)).toBe(true)
    expect((await app.call(contract.listAuditLog)).items.some((item) => 'data' in item)).toBe(false)
    expect((await search()).items.some((item) => 'data' in item)).toBe(false)
  })

  it('names the person behind a token as the user, and the token in the message', async () => {
    const call = app.callWith({ authorization: `Bearer ${secret}` })
    await call(updateWorkspace, { params: { workspace_id: shop }, body: { description: 'by token' } })
    const [item] = await find({ action: 'workspaceUpdate' })
    expect(item).toMatchObject({ type: 'update', user: { email: OWNER.email } })
    expect(item?.msg).toMatch(
      new RegExp(`^The workspace "Shop" was changed by ci \\(mdk_.{4}….{4}\\) \\(workspaceUpdate\\)$`),
    )
  })

  it('says of a token whose maker is gone that nobody is known', async () => {
    await app.database.pool.query('update metadeck.access_token set created_by = null')
    expect((await find({ action: 'workspaceUpdate' }))[0]).toMatchObject({ user: null })
    await app.database.pool.query('update metadeck.access_token set created_by = (select id from metadeck."user")')
  })

  it('a sign-in is a sign-in', async () => {
    expect((await find({ type: 'login' }))[0]).toMatchObject({
      msg: `${OWNER.email} signed in (sessionCreate)`,
      workspace: null,
      branch: null,
    })
  })

  it('is searched and sorted by every key it names', async () => {
    const [item] = await find({ action: 'apigroupCreate' })
    const { created_at: at } = await app.database.db
      .selectFrom('audit_record')
      .select('at as created_at')
      .where('id', '=', item?.id ?? 0)
      .executeTakeFirstOrThrow()
    const moment = at.getTime()
    for (const condition of [
      { id: item?.id },
      { created_at: moment },
      { updated_at: moment },
      [{ 'created_at|>=': moment }, { 'created_at|<=': moment }],
      { obj_type: 'api_group', obj_id: item?.obj?.id },
      { 'msg|contains': 'API group "public"' },
      [{ user_id: item?.user?.id }, { user_email: OWNER.email }, { action: 'apigroupCreate' }],
      { branch: 'v1', actor: OWNER.email, workspace_id: shop, type: 'create' },
    ]) {
      expect((await find(condition)).map(({ id }) => id)).toEqual([item?.id])
    }
    const ids = async (sort: object): Promise<number[]> => (await search({ sort })).items.map(({ id }) => id)
    const newestFirst = await ids([])
    expect(newestFirst).toEqual(newestFirst.toSorted((a, b) => b - a))
    expect(await ids({ id: 'asc' })).toEqual(newestFirst.toReversed())
    for (const { name } of [{ name: 'msg' }, { name: 'type' }, { name: 'user_id' }, { name: 'branch' }]) {
      expect(await ids([{ [name]: 'desc' }, { created_at: 'asc' }])).toHaveLength(newestFirst.length)
    }
  })

  it('refuses unknown keys and values that do not fit by name', async () => {
    await expect(search({ search: { detail: 1 } })).rejects.toMatchObject({ status: 400 })
    await expect(search({ search: { actor_id: 1 } })).rejects.toMatchObject({ status: 400 })
    await expect(search({ search: { id: 'x' } })).rejects.toMatchObject({ payload: { param: 'search.id' } })
    await expect(search({ sort: { nope: 'asc' } })).rejects.toMatchObject({ payload: { param: 'sort.nope' } })
    await expect(search({ per_page: 10_001 })).rejects.toMatchObject({ payload: { param: 'per_page' } })
    await expect(search({ nope: 1 })).rejects.toMatchObject({ payload: { param: 'nope' } })
    await expect(app.call(contract.listAuditLog, { query: { per_page: 10_001 } })).rejects.toMatchObject({
      payload: { param: 'per_page' },
    })
  })

  it('pages tell exact totals', async () => {
    const { itemsTotal } = await search()
    const last = Math.ceil(itemsTotal / 2)
    expect(await app.call(contract.listAuditLog, { query: { page: last, per_page: 2 } })).toMatchObject({
      itemsReceived: 2 - (itemsTotal % 2),
      curPage: last,
      nextPage: null,
      prevPage: last - 1,
      offset: (last - 1) * 2,
      perPage: 2,
      itemsTotal,
      pageTotal: last,
    })
    expect(await search({ page: 99 })).toMatchObject({ itemsReceived: 0, itemsTotal, items: [] })
  })

  it('of a workspace holds its own records alone, and asks for its scope and the workspace', async () => {
    const { id: other } = await app.call(createWorkspace, { body: { name: 'Other', description: '' } })
    const params = { workspace_id: shop }
    const { items } = await app.call(contract.listWorkspaceAuditLog, { params })
    expect(items.length).toBeGreaterThan(1)
    expect(items.every((item) => item.workspace?.id === shop)).toBe(true)
    const body = { search: { type: 'create' } }
    const found = await app.call(contract.searchWorkspaceAuditLog, { params: { workspace_id: other }, body })
    expect(found.items.map((item) => item.workspace?.id)).toEqual([other])
    const reader = await app.callAs({ 'workspace:log': 'r' }, [other])
    await expect(reader(contract.listWorkspaceAuditLog, { params })).rejects.toMatchObject({ status: 403 })
    const stranger = await app.callAs({ 'workspace:database': 'r' })
    await expect(stranger(contract.searchWorkspaceAuditLog, { params })).rejects.toMatchObject({
      status: 403,
      payload: { scope: 'workspace:log:read' },
    })
    const unknown = { workspace_id: 99_999 }
    await expect(app.call(contract.listWorkspaceAuditLog, { params: unknown })).rejects.toMatchObject({ status: 404 })
    await expect(app.call(contract.searchWorkspaceAuditLog, { params: unknown })).rejects.toMatchObject({ status: 404 })
  })

  it('of the instance holds what the caller reaches, and what it did itself', async () => {
    const { id: own } = await app.call(createWorkspace, { body: { name: 'Own', description: '' } })
    const reader = await app.callAs({ 'workspace:log': 'r' }, [own])
    const seen = await reader(contract.listAuditLog, {})
    expect(seen.items.map((item) => item.workspace?.id)).toEqual([own])
    const outside = await reader(contract.searchAuditLog, { body: { search: { workspace_id: shop } } })
    expect(outside).toMatchObject({ itemsTotal: 0, items: [] })
    const either = { search: [{ workspace_id: own }, { 'workspace_id||or': shop }] }
    expect((await reader(contract.searchAuditLog, { body: either })).itemsTotal).toBe(1)
    const writer = await app.callAs({ 'workspace:database': 'crud' })
    expect(await writer(contract.listAuditLog)).toMatchObject({ itemsTotal: 0 })
    const params = { workspace_id: own }
    const made = await writer(createTable, { params, body: { name: 'mine' } })
    expect((await writer(contract.listAuditLog)).items).toMatchObject([{ obj: { type: 'table', id: made.id } }])
    await expect(app.callWith({})(contract.listAuditLog)).rejects.toMatchObject({ status: 401 })
  })

  it('shows a member who reaches all workspaces nothing of the instance but what they did, as the console does', async () => {
    const scopes = { 'workspace:log': 'r' }
    const member = await addMember(app, 'member', { scopes })
    const body = { name: 'mine', scopes, workspaces: 'all' as const }
    const { id, token } = await member.call(createToken, { body })
    const lists = async (call: Call) => [
      (await call(contract.listAuditLog, { query: { per_page: 1_000 } })).items,
      (await call(contract.searchAuditLog, { body: { per_page: 1_000 } })).items,
    ]
    const ofInstance = (items: contract.AuditLogItem[]) => items.filter(({ workspace }) => workspace === null)
    for (const items of await lists(member.call)) {
      expect(items.map(({ workspace }) => workspace?.id)).toContain(shop)
      expect(ofInstance(items)).toMatchObject([{ obj: { type: 'token', id }, user: { id: member.id } }])
    }
    const withToken = app.callWith({ authorization: `Bearer ${token}` })
    for (const items of await lists(withToken)) expect(ofInstance(items)).toEqual([])
    const { call } = await addMember(app, 'admin')
    for (const items of await lists(call)) expect(ofInstance(items).map(({ type }) => type)).toContain('login')
  })

  it('keeps the records of what is deleted', async () => {
    const { id } = await app.call(createWorkspace, { body: { name: 'Gone', description: '' } })
    await app.call(deleteWorkspace, { params: { workspace_id: id } })
    const items = await find({ workspace_id: id })
    expect(items).toMatchObject([
      { type: 'delete', msg: expect.stringContaining('The workspace "Gone" was deleted') as string, workspace: { id } },
      { type: 'create', workspace: { id } },
    ])
    expect(items[0]?.workspace).not.toHaveProperty('name')
  })

  it('a search leaves no record', async () => {
    const { itemsTotal } = await search()
    expect((await search()).itemsTotal).toBe(itemsTotal)
  })

  it('has words of its own for every operation but those that make, change or delete their thing as a whole', () => {
    const things =
      'workspace branch datasource table function addon task middleware api apigroup tableTrigger workspaceTrigger ' +
      'agentTrigger mcpServerTrigger realtimeTrigger realtimeChannel schedule target channel oidcProvider'
    const single =
      'realtimeTriggerCreateAlt realtimeTriggerUpdateAlt realtimeTriggerDeleteAlt ' +
      'contentUpdate contentDelete fileDelete tableUpdateMeta tokenCreate'
    // Told by what they come to: somebody signed in or out.
    const sessions =
      'sessionCreate signInStepFinish signInTotpConfirm signInPasskeyFinish passkeySignIn oidcFinish sessionDelete'
    const plain = new Set([
      ...things.split(' ').flatMap((thing) => [`${thing}Create`, `${thing}Update`, `${thing}Delete`]),
      ...`${single} ${sessions}`.split(' '),
    ])
    const audited = served.endpoints.filter((endpoint) => endpoint.audited).map(({ id }) => id)
    expect(audited.length).toBeGreaterThan(190)
    expect(audited.filter((id) => !hasOwnWords(id) && !plain.has(id))).toEqual([])
    // Nothing is listed twice, or for operations that there are not.
    expect([...plain].filter((id) => hasOwnWords(id) || !audited.includes(id))).toEqual([])
    const told = Object.keys(PATTERNS).map((key) => key.split(':')[0] ?? '')
    const others = new Set(['ownerRecover', 'schemaAdd', 'indexAdd', 'UpdateSecurity', 'create', 'update', 'delete'])
    expect(told.filter((id) => !audited.includes(id) && !others.has(id))).toEqual([])
  })

  // Last of all: no record can be taken back.
  const table = { kind: 'table', id: 1, name: 'o' }
  const rows = { ...table, kind: 'rows' }
  const workspace = { kind: 'workspace', id: 1, name: 'S' }
  const backup = { kind: 'backup', id: 5, name: 'S' }
  const token = { kind: 'token', id: 1, name: 'ci' }
  const bea = { kind: 'user', id: 2, name: 'bea@b.co' }
  interface Facts {
    after?: object
    detail?: object
  }
  it.each<[action: string, target: object, type: string, sentence: string, facts?: Facts]>([
    ['tableCreate', table, 'create', 'The table "o" was created by x'],
    ['tableDelete', table, 'delete', 'The table "o" was deleted by x'],
    ['schemaColumnDelete', table, 'delete', 'A column of the table "o" was dropped by x'],
    ['schemaAdd_int', table, 'create', 'The column "n" was added to the table "o" by x', { detail: { column: 'n' } }],
    [
      'schemaRename',
      table,
      'update',
      'The column "n" of the table "o" was renamed to "m" by x',
      { detail: { column: 'n', newName: 'm' } },
    ],
    ['indexAddUnique', table, 'create', 'An index was added to the table "o" by x'],
    ['contentTruncate', rows, 'delete', 'All rows of the table "o" were deleted by x'],
    ['contentBulkCreate', rows, 'create', 'Rows of the table "o" were added by x'],
    ['contentSearchPatch', rows, 'update', 'Rows of the table "o" were changed by x'],
    ['contentDelete', { kind: 'row', id: '7', name: 'o' }, 'delete', 'Row 7 of the table "o" was deleted by x'],
    ['workspaceExportSchema', workspace, 'export', 'The definitions of the workspace "S" were exported by x'],
    ['workspaceImport', workspace, 'import', 'The workspace "S" was overwritten by an import by x'],
    ['backupDownload', backup, 'export', 'Backup 5 of "S" was downloaded by x'],
    ['backupVerify', backup, 'update', 'The verification of backup 5 of "S" was begun by x'],
    ['restoreCreate', { kind: 'restore', id: 3, name: null }, 'create', 'Restore 3 was begun by x'],
    ['tokenRevoke', token, 'delete', 'The access token "ci" was revoked by x'],
    ['tokenRotate', token, 'update', 'The access token "ci" was rotated by x'],
    [
      'tokenRotate',
      token,
      'update',
      'The access token "ci" was rotated by x; the old one ended at once',
      { detail: { overlapSeconds: 0 } },
    ],
    [
      'tokenRotate',
      token,
      'update',
      'The access token "ci" was rotated by x; the old one works until 2026-02-01 01:00 UTC',
      { detail: { overlapSeconds: 3_600 } },
    ],
    [
      'tokenDuplicate',
      token,
      'create',
      'The access token "ci" was made as a copy of access token 4 by x',
      { detail: { copyOf: 4 } },
    ],
    ['myPasswordChange', bea, 'update', 'The password of bea@b.co was changed by x'],
    ['memberUpdate', bea, 'update', 'The account of bea@b.co was changed by x', { after: { tags: [] } }],
    ['memberUpdate', bea, 'update', 'The account of bea@b.co was disabled by x', { after: { disabled: true } }],
    ['memberUpdate', bea, 'update', 'The account of bea@b.co was enabled by x', { after: { disabled: false } }],
    ['memberUpdate', bea, 'update', 'The role of bea@b.co was changed by x', { after: { role: 'admin', scopes: {} } }],
    ['memberUpdate', bea, 'update', 'The access of bea@b.co was changed by x', { after: { workspaces: 'all' } }],
    ['sessionEnd', { ...bea, kind: 'session' }, 'update', 'A session of bea@b.co was ended by x'],
    [
      'schedulePause',
      { ...table, kind: 'schedule' },
      'update',
      'The schedule "o" was resumed by x',
      { after: { paused: false } },
    ],
    [
      'schedulePause',
      { ...table, kind: 'schedule' },
      'update',
      'The schedule "o" was paused by x',
      { after: { paused: true } },
    ],
    [
      'oidcProviderUpdate',
      { kind: 'oidc_provider', id: 1, name: 'Corp' },
      'update',
      'The sign-in provider "Corp" was turned off by x',
      { after: { is_active: false } },
    ],
    [
      'functionUpdateSecurity',
      { ...table, kind: 'function' },
      'update',
      'The guid of the function "o" was changed by x',
    ],
    ['signInTotpConfirm', bea, 'login', 'x turned on two-step sign-in and signed in'],
    ['fileBulkDelete', {}, 'delete', 'Several files were deleted by x'],
    ['branchSetLive', { kind: 'branch', id: 1, name: 'v2' }, 'update', 'The branch "v2" was made live by x'],
    ['taskCreate', { kind: 'task', id: 1, name: '%1$s {by}' }, 'create', 'The task "%1$s {by}" was created by x'],
    ['sampleCreate', { kind: 'workspace', id: 1 }, 'create', 'The sample was loaded by x'],
    ['apiDelete', { kind: 'query', id: 1 }, 'delete', 'The endpoint 1 was deleted by x'],
    ['shelfDust', {}, 'update', 'Workspace 1 was changed by x'],
  ])('%s of %j is a "%s" and reads "%s"', async (action, target, type, sentence, { after, detail = {} } = {}) => {
    const { id } = await app.database.db
      .insertInto('audit_record')
      .values({
        at: new Date('2026-02-01T00:00:00Z'),
        actor_kind: 'system',
        actor_id: null,
        actor_label: 'x',
        workspace_id: 1,
        action,
        target: JSON.stringify(target),
        after: after === undefined ? null : JSON.stringify(after),
        detail: JSON.stringify(detail),
        address: '',
        request_id: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const [item] = await find({ id })
    expect(item).toMatchObject({ type, msg: `${sentence} (${action})`, user: null })
    expect(item?.obj?.id).toBe('id' in target ? Number(target.id) : undefined)
  })
})
