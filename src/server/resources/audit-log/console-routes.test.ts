import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { CallInput } from '#api/client/call.ts'
import { createApiGroup, deleteApiGroup, updateApiGroup } from '#api/contract/api-groups.ts'
import * as contract from '#api/contract/audit-console.ts'
import { listAuditLog } from '#api/contract/audit-log.ts'
import { updateMyAccount } from '#api/contract/my-account.ts'
import { startTotp } from '#api/contract/second-factor.ts'
import { signIn, signOut } from '#api/contract/session.ts'
import { addColumn, createTable, updateTable } from '#api/contract/tables.ts'
import { createWorkspace, listWorkspaces, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'
import { insertToken } from '../tokens/store.ts'
import { REFUSAL_WINDOW_MS, REFUSALS_PER_ADDRESS } from './refusal-budget.ts'

let app: TestApp
let shop: number
let other: number
let table: number

type Query = NonNullable<CallInput<typeof contract.listAudit>['query']>
const list = async (query: Query = {}, call = app.call): Promise<contract.AuditEntry[]> =>
  (await call(contract.listAudit, { query })).items
const actions = async (query: Query, call = app.call): Promise<string[]> =>
  (await list(query, call)).map(({ action }) => action)
const exported = async (
  query: NonNullable<CallInput<typeof contract.exportAudit>['query']>,
  call = app.call,
): Promise<string> => ((await call(contract.exportAudit, { query })) as Response).text()
const linesOf = (text: string): contract.AuditEntry[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => contract.AuditEntry.parse(JSON.parse(line)))

beforeAll(async () => {
  app = await createTestApp()
  shop = (await app.call(createWorkspace, { body: { name: 'Shop' } })).id
  other = (await app.call(createWorkspace, { body: { name: 'Other' } })).id
  const params = { workspace_id: shop }
  table = (await app.call(createTable, { params, body: { name: 'orders' } })).id
  const owner = await app.signIn()
  await owner(updateWorkspace, { params, body: { description: 'by hand' } })
})
afterAll(() => app.close())

describe('the list', () => {
  it('tells who, what, which thing, where, when, before and after, and its place in the chain', async () => {
    const [entry, ...others] = await list({ action: 'workspaceUpdate' })
    expect(others).toEqual([])
    const { user } = (await app.database.db.selectFrom('user').select('id as user').executeTakeFirstOrThrow()) as never
    expect(entry).toEqual({
      id: expect.any(Number) as number,
      sequence: expect.any(Number) as number,
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      outcome: 'done',
      type: 'update',
      action: 'workspaceUpdate',
      message: `The workspace "Shop" was changed by ${OWNER.email} (workspaceUpdate)`,
      actor: { kind: 'session', id: user, label: OWNER.email, person: { id: user, email: OWNER.email } },
      target: { kind: 'workspace', id: shop, name: 'Shop' },
      link: { kind: 'workspace', id: shop, workspaceId: shop },
      workspace: { id: shop, name: 'Shop' },
      before: { description: '' },
      after: { description: 'by hand' },
      detail: { changed: ['description'], etag: expect.any(String) as string },
      address: '127.0.0.1',
      requestId: expect.any(String) as string,
      previousHash: expect.stringMatching(/^[\da-f]{64}$/) as string,
      hash: expect.stringMatching(/^[\da-f]{64}$/) as string,
    })
  })

  it('names the token, and the person behind it', async () => {
    const [entry] = await list({ action: 'tableCreate' })
    expect(entry?.actor).toMatchObject({
      kind: 'token',
      label: expect.stringMatching(/^test \(mdk_.{4}….{4}\)$/) as string,
      person: { email: OWNER.email },
    })
  })

  it('is cut to what each filter says', async () => {
    const [update] = await list({ action: 'workspaceUpdate' })
    const at = Date.parse(update?.at ?? '')
    const moment = (ms: number): string => new Date(at + ms).toISOString()
    const only = ['workspaceUpdate']
    expect(await actions({ actorKind: 'session', workspaceId: shop })).toEqual(only)
    expect(await actions({ actor: 'OWNER@', type: 'update', actorKind: 'session' })).toEqual(only)
    expect(await actions({ personId: update?.actor.id ?? 0, actorKind: 'session', workspaceId: shop })).toEqual(only)
    expect(await actions({ type: 'create', workspaceId: shop })).toEqual(['tableCreate', 'workspaceCreate'])
    expect(await actions({ targetKind: 'table', targetId: String(table) })).toEqual(['tableCreate'])
    expect(await actions({ from: moment(0), to: moment(1), workspaceId: shop })).toEqual(only)
    expect(await actions({ to: moment(0), type: 'update' })).toEqual([])
    const day = moment(0).slice(0, 10)
    expect(await actions({ from: day, type: 'update', workspaceId: shop })).toEqual(only)
    expect(await actions({ to: day, type: 'update', workspaceId: shop })).toEqual([])
    expect(await actions({ text: 'ORDERS' })).toEqual(['tableCreate'])
    expect(await actions({ text: '%' })).toEqual([])
    expect(await actions({ actorKind: 'token', actorId: 999_999 })).toEqual([])
    expect(await actions({ outcome: 'refused' })).toEqual([])
  })

  it('comes in pages that neither repeat nor leave out, while it grows', async () => {
    const all = await list()
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) }
      const page = await app.call(contract.listAudit, { query })
      seen.push(...page.items.map(({ sequence }) => sequence))
      cursor = page.nextCursor ?? undefined
      if (seen.length === 2) await app.call(createWorkspace, { body: { name: 'Meanwhile' } })
    } while (cursor !== undefined)
    expect(seen).toEqual(all.map(({ sequence }) => sequence))
  })

  it('shows a member and a limited token what they reach and did themselves, and nobody else anything', async () => {
    const reader = await app.callAs({ 'workspace:log': 'r' }, [shop])
    expect(new Set((await list({}, reader)).map(({ workspace }) => workspace?.id))).toEqual(new Set([shop]))
    expect(await list({ workspaceId: other }, reader)).toEqual([])
    expect(linesOf(await exported({ workspaceId: other }, reader))).toEqual([])
    const writer = await app.callAs({ 'workspace:database': 'crud' })
    expect(await list({}, writer)).toEqual([])
    await writer(updateTable, { params: { workspace_id: shop, table_id: table }, body: { docs: 'x' } })
    expect(await actions({}, writer)).toEqual(['tableUpdate'])
    await expect(list({}, app.callWith({}))).rejects.toMatchObject({ status: 401 })
  })

  it('shows a member who reaches all workspaces what happened in them, and of the whole instance what they did', async () => {
    const member = await addMember(app, 'member', { scopes: { 'workspace:log': 'r' } })
    await member.call(updateMyAccount, { body: { name: 'Curious' } })
    const seen = await list({ limit: 1_000 }, member.call)
    expect(seen.map(({ workspace }) => workspace?.id)).toEqual(expect.arrayContaining([shop, other]))
    const outside = seen.filter(({ workspace }) => workspace === null)
    expect(new Set(outside.map(({ actor }) => actor.label))).toEqual(new Set([member.email]))
    const told = linesOf(await exported({}, member.call)).filter(({ workspace }) => workspace === null)
    expect(new Set(told.map(({ actor }) => actor.label))).toEqual(new Set([member.email]))
    const { call } = await addMember(app, 'admin')
    expect(await actions({ action: 'sessionCreate' }, call)).not.toEqual([])
  })

  it.each([
    { from: 'yesterday' },
    { to: '2026-01-31T08:00:00' },
    { from: '0000-01-01' },
    { cursor: 'x' },
    { limit: 1_001 },
    { type: 'other' },
    { workspaceId: -1 },
  ])('refuses %j by name', async (query) => {
    await expect(list(query as Query)).rejects.toMatchObject({
      status: 400,
      payload: { param: Object.keys(query)[0] },
    })
  })
})

describe('before and after', () => {
  it('of a table tell the parts that differ', async () => {
    const params = { workspace_id: shop, table_id: table }
    await app.call(addColumn, { params, body: { name: 'password', type: 'text', default: 'x' } })
    const [entry] = await list({ limit: 1 })
    expect(entry?.before).toEqual({ columns: [] })
    expect(entry?.after).toMatchObject({ columns: [{ name: 'password', type: 'text' }] })
  })

  it('of an API group tell what it was, also when it goes', async () => {
    const params = { workspace_id: shop }
    const group = await app.call(createApiGroup, { params, body: { name: 'api', description: 'a', swagger: true } })
    const path = { ...params, apigroup_id: group.id }
    const body = { name: 'api', description: `Bearer ${'x'.repeat(20)}`, swagger: true }
    await app.call(updateApiGroup, { params: path, body })
    await app.call(deleteApiGroup, { params: path })
    const [gone, changed, made] = await list({ targetKind: 'api_group' })
    expect(made).toMatchObject({ before: null, after: { name: 'api' }, link: { kind: 'api_group', id: group.id } })
    expect(changed).toMatchObject({ before: { description: 'a' }, after: { description: '•••' } })
    expect(gone).toMatchObject({ before: { name: 'api' }, after: null, link: null, type: 'delete' })
  })
})

describe('the export', () => {
  it('as JSON lines holds what the list holds, oldest first, and leaves a record of itself', async () => {
    const all = await list()
    const response = (await app.call(contract.exportAudit)) as Response
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[\d-]{10}\.ndjson"$/)
    expect(linesOf(await response.text())).toEqual(all.toReversed())
    expect((await list({ limit: 1 }))[0]).toMatchObject({
      action: 'auditExport',
      type: 'export',
      target: { kind: 'audit_log' },
    })
  })

  it('goes on where the one before ended', async () => {
    const whole = linesOf(await exported({ type: 'create' }))
    const first = linesOf(await exported({ type: 'create', limit: 2 }))
    const after = first.at(-1)?.sequence ?? 0
    expect([...first, ...linesOf(await exported({ type: 'create', after }))]).toEqual(whole)
  })

  it('as CSV holds nothing that a spreadsheet runs, and every value in its cell', async () => {
    const names = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', 'a "quoted", name', 'plain']
    for (const name of names) {
      await app.database.db
        .insertInto('audit_record')
        .values({
          at: app.deps.now(),
          actor_kind: 'system',
          actor_id: null,
          actor_label: name,
          workspace_id: other,
          action: 'csvTest',
          target: JSON.stringify({ kind: 'table', id: 1, name: `${name}\r\n=2` }),
          detail: '{}',
          address: '',
          request_id: '',
        })
        .execute()
    }
    const text = await exported({ format: 'csv', action: 'csvTest' })
    const [head, ...lines] = text.trimEnd().split('"\r\n"')
    expect(head).toMatch(/^"sequence","at","outcome"/)
    expect(lines).toHaveLength(names.length)
    const cells = lines.map((line) => line.split('","'))
    expect(cells.flat().filter((cell) => /^[=+\-@＝]/.test(cell))).toEqual([])
    expect(cells.map((row) => row[8]).slice(0, 5)).toEqual(names.slice(0, 5).map((name) => `'${name}`))
    expect(lines[5]).toContain('"a ""quoted"", name"')
    expect(cells.at(-1)?.[8]).toBe('plain')
  })
})

describe('refused calls', () => {
  it('are recorded with what was missing, in the console and not in the Metadata API', async () => {
    const reader = await app.callAs({ 'workspace:log': 'r' })
    const params = { workspace_id: shop }
    await expect(reader(updateWorkspace, { params, body: { name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
    const [entry, ...others] = await list({ outcome: 'refused' })
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      action: 'workspaceUpdate',
      actor: { kind: 'token', person: { email: OWNER.email } },
      workspace: { id: shop, name: 'Shop' },
      detail: { status: 403, scope: 'instance:workspace:update' },
      before: null,
      after: null,
    })
    expect(entry?.message).toMatch(/^test \(mdk_.*\) was refused \(workspaceUpdate\)$/)
    const { items } = await app.call(listAuditLog, { query: { per_page: 1_000 } })
    expect(items.some(({ id }) => id === entry?.id)).toBe(false)
  })

  it.each([
    ['sent from elsewhere', { allowed_ips: ['203.0.113.7'] }, 'address', 403],
    ['disabled', { disabled_at: new Date() }, 'disabled', 401],
    ['revoked', { revoked_at: new Date() }, undefined, 401],
  ])('tell whose token it was that is %s', async (name, change, reason, status) => {
    app.advance(REFUSAL_WINDOW_MS)
    const { db } = app.database
    const input = { name, expiresInSeconds: null, scopes: { 'workspace:database': 'r' }, workspaces: 'all' as const }
    const { secret, token } = await insertToken(db, input, 1, app.deps.now())
    await db.updateTable('access_token').set(change).where('id', '=', token.id).execute()
    const call = app.callWith({ authorization: `Bearer ${secret}` })
    await expect(call(listWorkspaces)).rejects.toMatchObject({ status })
    const [entry, ...others] = await list({ outcome: 'refused', actorKind: 'token', actorId: token.id })
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      action: 'workspaceList',
      actor: { label: expect.stringContaining(name) as string, person: { email: OWNER.email } },
      detail: { status, ...(reason === undefined ? {} : { reason }) },
    })
  })

  it('sign-ins that fail are recorded with the account, and without what was typed where there is none', async () => {
    app.advance(REFUSAL_WINDOW_MS)
    const anybody = app.callWith({})
    for (const email of [OWNER.email, 'correct horse battery']) {
      await expect(anybody(signIn, { body: { email, password: 'hunter2-secret' } })).rejects.toMatchObject({
        status: 401,
      })
    }
    const [unknown, known] = await list({ outcome: 'refused', type: 'login' })
    expect(known).toMatchObject({
      message: `a sign-in for ${OWNER.email} failed (sessionCreate)`,
      target: { kind: 'user', name: OWNER.email },
      actor: { kind: 'system', person: null },
      address: '127.0.0.1',
      detail: { status: 401 },
    })
    expect(unknown).toMatchObject({
      message: 'a sign-in for an unknown account failed (sessionCreate)',
      target: { kind: 'user', name: null },
    })
    expect(JSON.stringify(unknown)).not.toMatch(/hunter2|correct horse/)
  })

  it('signing out without a session leaves nothing behind', async () => {
    const before = await app.call(contract.getAuditHead)
    await app.callWith({})(signOut)
    expect(await app.call(contract.getAuditHead)).toEqual(before)
  })

  it('are not what asks for a proof on the way to doing it, but a wrong proof is', async () => {
    app.advance(REFUSAL_WINDOW_MS)
    const owner = await app.signIn()
    app.advance(11 * 60_000)
    const startedTotp = () => list({ action: 'totpStart' })
    await expect(owner(startTotp)).rejects.toMatchObject({ payload: { reason: 'proof_required' } })
    expect(await startedTotp()).toEqual([])
    await expect(owner(startTotp, { body: { password: 'not the one' } })).rejects.toMatchObject({ status: 403 })
    expect(await startedTotp()).toMatchObject([{ outcome: 'refused', detail: { reason: 'wrong_proof' } }])
  })

  it('are bounded for each address, and counted beyond', async () => {
    app.advance(REFUSAL_WINDOW_MS)
    const reader = await app.callAs({ 'workspace:log': 'r' })
    const before = (await list({ outcome: 'refused' })).length
    const more = 7
    const refused = (): Promise<unknown> =>
      reader(createWorkspace, { body: { name: 'No' } }).catch((error: unknown) => error)
    await Promise.all(Array.from({ length: REFUSALS_PER_ADDRESS + more }, refused))
    expect(await list({ outcome: 'refused' })).toHaveLength(before + REFUSALS_PER_ADDRESS)
    app.advance(REFUSAL_WINDOW_MS)
    await refused()
    const [counted] = await list({ action: 'callsRefused' })
    expect(counted).toMatchObject({
      message: `${more} more calls from 127.0.0.1 were refused`,
      detail: { count: more },
      address: '127.0.0.1',
      // All were of one token, and of one person.
      actor: { kind: 'token', person: { email: OWNER.email } },
    })
    expect(await app.call(contract.verifyAudit)).toMatchObject({ ok: true })
  })
})

it('no record holds a secret', async () => {
  const text = await exported({})
  expect(text).not.toMatch(/mdk_[0-9A-Za-z]{20,}|hunter2|\$argon2|correct horse/)
  expect(text).toContain(OWNER.email)
})
