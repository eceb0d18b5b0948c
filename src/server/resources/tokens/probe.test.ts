import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { disableToken } from '#api/contract/token-lifecycle.ts'
import { getTokenUsage, KnownScopeKey, probeToken } from '#api/contract/token-usage.ts'
import { createToken, getToken } from '#api/contract/tokens.ts'
import { createWorkspace, deleteWorkspace, getWorkspace, listWorkspaces } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  await test$.call(createWorkspace, { body: { name: 'Shop' } })
})
afterAll(() => test$.close())

const input = { name: 'probed', expiresInSeconds: 3_600, workspaces: 'all' as const }
const make = (more: object) => owner(createToken, { body: { ...input, scopes: ALL_SCOPES, ...more } })
const probe = ({ id, token }: { id: number; token: string }) => owner(probeToken, { params: { id }, body: { token } })

it('every scope of the matrix is tried, and what is granted is allowed and nothing else', async () => {
  const scopes = { 'workspace:database': 'ru', 'workspace:content': 'r', 'workspace:livedatasource': 'rd' }
  const { items, isAsExpected, refusal, text } = await probe(await make({ scopes }))
  expect(items.map(({ scope }) => scope)).toEqual(KnownScopeKey.options)
  expect([isAsExpected, refusal]).toEqual([true, null])
  const allowed = items.filter(({ actual }) => actual === 'allowed').map(({ scope }) => scope)
  // Rows of `live` ask for both scopes: deleting them is not granted by one.
  expect(allowed).toEqual([
    'workspace:database:read',
    'workspace:database:update',
    'workspace:content:read',
    'workspace:livedatasource:read',
  ])
  expect(items.find(({ scope }) => scope === 'workspace:database:read')).toMatchObject({ isDry: false, status: 200 })
  expect(text.split('\n')).toHaveLength(items.length)
})

it('names the data source of each call for rows, and what those of `live` ask for besides', async () => {
  const { items, text } = await probe(await make({ scopes: { 'workspace:content': 'r' } }))
  const pathOf = (scope: string) => items.find((item) => item.scope === scope)?.path
  const lineOf = (scope: string) => text.split('\n').find((line) => line.startsWith(`${scope} `))
  const rows = '/api:meta/workspace/{workspace_id}/table/{table_id}/content'
  expect(pathOf('workspace:content:read')).toBe(`${rows} (x-data-source: another than live)`)
  expect(pathOf('workspace:livedatasource:read')).toBe(`${rows} (x-data-source: live)`)
  expect(lineOf('workspace:content:read')).toContain('; rows of live need workspace:livedatasource:read as well')
  expect(lineOf('workspace:livedatasource:read')).toContain('; needs workspace:content:read as well')
  expect(lineOf('workspace:database:read')).not.toMatch(/live|data-source/)
})

it('a token with every scope is let in everywhere, and nothing is changed, counted, recorded or called a use', async () => {
  const made = await make({})
  const state = async () => {
    const { rows } = await test$.database.pool.query<Record<string, string>>(
      `select (select count(*) from metadeck.audit_record), (select count(*) from metadeck.workspace) as workspaces,
        (select count(*) from metadeck.table_definition) as tables, (select count(*) from metadeck.construct) as constructs`,
    )
    return rows[0]
  }
  const before = await state()
  const { items, isAsExpected } = await probe(made)
  expect(isAsExpected).toBe(true)
  expect(new Set(items.map(({ actual }) => actual))).toEqual(new Set(['allowed']))
  expect(items.filter(({ isDry }) => isDry).every(({ status }) => status === 204)).toBe(true)
  expect(await state()).toEqual(before)
  expect(await owner(getToken, { params: { id: made.id } })).toMatchObject({ lastUsedAt: null })
  expect((await owner(getTokenUsage, { params: { id: made.id } })).byOperation).toEqual([])
})

it('a token for one workspace is tried there, even if that is gone', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Own' } })
  const made = await make({ workspaces: [id] })
  await test$.call(deleteWorkspace, { params: { workspace_id: id } })
  expect(await probe(made)).toMatchObject({ isAsExpected: true })
})

it('shows where the token can do less than was granted: its maker was given less since', async () => {
  const member = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'r', 'workspace:content': 'r' } })
  const scopes = { 'instance:workspace': 'r', 'workspace:content': 'r' }
  const made = await member.call(createToken, { body: { ...input, scopes } })
  await test$.database.db
    .updateTable('user')
    .set({ scopes: JSON.stringify({ 'workspace:content': 'r' }) })
    .where('id', '=', member.id)
    .execute()
  const { items, isAsExpected } = await probe(made)
  expect(isAsExpected).toBe(false)
  expect(items.filter(({ expected, actual }) => expected !== actual).map(({ scope }) => scope)).toEqual([
    'instance:workspace:read',
  ])
  // The token and the refusal both tell where it lies.
  expect(await owner(getToken, { params: { id: made.id } })).toMatchObject({
    scopes,
    effectiveScopes: { 'workspace:content': 'r' },
  })
  const call = test$.callWith({ authorization: `Bearer ${made.token}` })
  const [shop] = await owner(listWorkspaces)
  await expect(call(getWorkspace, { params: { workspace_id: shop?.id ?? 0 } })).rejects.toMatchObject({
    status: 403,
    message: expect.stringMatching(
      /The account of .+, who made this token, lacks the scope instance:workspace:read/,
    ) as string,
    payload: { scope: 'instance:workspace:read' },
  })
})

it('says why a token is not let in at all', async () => {
  const [elsewhere, disabled] = [await make({ allowedIps: ['203.0.113.9'] }), await make({})]
  await owner(disableToken, { params: { id: disabled.id } })
  expect(await probe(elsewhere)).toMatchObject({ items: [], isAsExpected: false, refusal: /address/ })
  expect((await probe(disabled)).refusal).toMatch(/disabled/)
})

it('takes the secret of that very token, and only from those who see it', async () => {
  const [one, other] = [await make({}), await make({})]
  for (const token of [other.token, 'mdk_nothing', `mdk_${'a'.repeat(42)}`]) {
    await expect(probe({ id: one.id, token })).rejects.toMatchObject({ status: 400, payload: { param: 'token' } })
  }
  const member = await addMember(test$, 'member')
  await expect(member.call(probeToken, { params: { id: one.id }, body: { token: one.token } })).rejects.toMatchObject({
    status: 404,
  })
})

it('nothing that a client sends makes its call a trial', async () => {
  const { token } = await make({})
  const names = ['x-metadeck-trial', 'x-metadeck-probe', 'x-trial', 'x-dry-run']
  for (const name of names) {
    const call = test$.callWith({ authorization: `Bearer ${token}`, [name]: 'dry' })
    expect(await call(listWorkspaces)).toHaveLength(1)
  }
})
