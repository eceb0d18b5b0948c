import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { type Token, type TokenListQuery, TokenStatus, listTokens } from '#api/contract/tokens.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from './store.ts'

const DAY_MS = 86_400_000

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  const { db } = test$.database
  await db.deleteFrom('access_token').execute()
  const at = (days: number) => new Date(test$.deps.now().getTime() + days * DAY_MS)
  const add = async (name: string, life: number | null, columns: object = {}, grant: object = {}) => {
    const scopes = { 'workspace:content': 'r' }
    const input = { name, expiresInSeconds: life, scopes, workspaces: 'all' as const, ...grant }
    const { token, secret } = await insertToken(db, input, 1, at(-40))
    const ends = life === null ? null : at(-40 + life / 86_400)
    await db
      .updateTable('access_token')
      .set({ expires_at: ends, ...columns })
      .where('id', '=', token.id)
      .execute()
    return secret
  }
  await add('Alpha backup', null, {}, { scopes: { 'workspace:content': 'crud' }, workspaces: [1] })
  await add('beta', 45 * 86_400, { last_used_at: at(-1) })
  await add('gamma 100%_\\', 90 * 86_400, { last_used_at: at(-2), disabled_at: at(-1) }, { workspaces: [2] })
  await add('delta', 10 * 86_400)
  await add('epsilon', 90 * 86_400, { revoked_at: at(-3) }, { scopes: { 'workspace:api': 'r' } })
})
afterAll(() => test$.close())

const list = (query: Partial<TokenListQuery> = {}) => owner(listTokens, { query })
const names = ({ items }: { items: Token[] }) => items.map(({ name }) => name.split(' ')[0])

describe('the list of tokens', () => {
  it.each([
    [{ sort: 'name', order: 'asc' }, ['Alpha', 'beta', 'delta', 'epsilon', 'gamma']],
    [{ sort: 'name', order: 'desc' }, ['gamma', 'epsilon', 'delta', 'beta', 'Alpha']],
    [{ sort: 'created', order: 'asc' }, ['Alpha', 'beta', 'gamma', 'delta', 'epsilon']],
    [{}, ['epsilon', 'delta', 'gamma', 'beta', 'Alpha']],
    [{ sort: 'lastUsed', order: 'desc' }, ['beta', 'gamma', 'epsilon', 'delta', 'Alpha']],
    [{ sort: 'lastUsed', order: 'asc' }, ['Alpha', 'delta', 'epsilon', 'gamma', 'beta']],
    [{ sort: 'expires', order: 'asc' }, ['delta', 'beta', 'gamma', 'epsilon', 'Alpha']],
    [{ sort: 'expires', order: 'desc' }, ['Alpha', 'epsilon', 'gamma', 'beta', 'delta']],
    [{ sort: 'danger', order: 'desc' }, ['Alpha', 'epsilon', 'delta', 'beta', 'gamma']],
    [{ sort: 'danger', order: 'asc' }, ['gamma', 'beta', 'delta', 'epsilon', 'Alpha']],
  ] as const)('is sorted as %o says, and its pages come to the same', async (query, expected) => {
    expect(names(await list(query))).toEqual(expected)
    const paged: (string | undefined)[] = []
    let cursor: string | null | undefined
    do {
      const page = await list({ ...query, limit: 2, ...(cursor ? { cursor } : {}) })
      expect(page.total).toBe(5)
      paged.push(...names(page))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(expected)
  })

  it.each([
    [{ search: 'BETA' }, ['beta']],
    [{ search: 'backup  alp' }, ['Alpha']],
    [{ search: '100%_\\' }, ['gamma']],
    [{ search: 'nothing' }, []],
    [{ workspaceId: 1 }, ['epsilon', 'delta', 'beta', 'Alpha']],
    [{ workspaceId: 2 }, ['epsilon', 'delta', 'gamma', 'beta']],
    [{ scope: 'workspace:content:delete' }, ['Alpha']],
    [{ scope: 'workspace:content' }, ['delta', 'gamma', 'beta', 'Alpha']],
    [{ scope: 'workspace:api:read' }, ['epsilon']],
    [{ status: 'active' }, ['beta', 'Alpha']],
    [{ status: 'disabled' }, ['gamma']],
    [{ status: 'expired' }, ['delta']],
    [{ status: 'revoked' }, ['epsilon']],
    [{ status: 'blocked' }, []],
    [{ dangerous: 'true' }, ['Alpha']],
  ] as const)('with %o holds %j', async (query, expected) => {
    const page = await list(query)
    expect(names(page)).toEqual(expected)
    expect(page.total).toBe(expected.length)
    if ('status' in query) for (const { status } of page.items) expect(status).toBe(query.status)
  })

  it('finds a token by what it begins and ends with', async () => {
    const [first] = (await list({ search: 'beta' })).items
    expect(names(await list({ search: `${first?.prefix} ${first?.lastFour}` }))).toContain('beta')
  })

  it('counts each status whatever status is asked for, and what needs attention whatever is searched', async () => {
    const { counts, total } = await list({ status: 'disabled' })
    expect([counts, total]).toEqual([{ active: 2, disabled: 1, blocked: 0, expired: 1, revoked: 1 }, 1])
    expect(Object.keys(counts)).toEqual(TokenStatus.options)
    expect(await list({ dangerous: 'true', status: 'active' })).toMatchObject({ total: 1, counts: { active: 2 } })
    expect(await list({ search: 'nothing' })).toMatchObject({
      total: 0,
      attention: { expiring: 1, unused: 1, dangerous: 1 },
    })
  })

  it('names who made a token, and never tells its hash', async () => {
    const page = await list()
    expect(page.items[0]?.createdBy).toEqual({ id: 1, name: OWNER.name })
    expect(JSON.stringify(page)).not.toMatch(/hash/)
  })

  it.each([
    { cursor: 'nonsense' },
    { cursor: Buffer.from('{"order":"created desc","at":"x","id":1}').toString('base64url') },
    { cursor: Buffer.from('{"order":"created desc","at":"2024-99-99 99:99:99+00","id":1}').toString('base64url') },
    { cursor: Buffer.from('{"order":"created desc","at":"2025-02-29 00:00:00+00","id":1}').toString('base64url') },
    { cursor: Buffer.from('{"order":"created desc","at":"0000-01-01 00:00:00+00","id":1}').toString('base64url') },
    { cursor: Buffer.from('{"order":"name asc","at":"a","id":1}').toString('base64url') },
    {
      cursor: Buffer.from(String.raw`{"order":"name asc","at":"\u0000","id":1}`).toString('base64url'),
      sort: 'name',
      order: 'asc',
    },
    {
      cursor: Buffer.from('{"order":"danger desc","at":"infinity","id":1}').toString('base64url'),
      sort: 'danger',
    },
    { limit: 0 },
    { scope: 'workspace:nope' as 'workspace:api' },
    { sort: 'hash' as 'name' },
    { workspaceId: -1 },
  ] as Partial<TokenListQuery>[])('refuses %o', async (query) => {
    await expect(list(query)).rejects.toMatchObject({ status: 400 })
  })

  it('has a page of thousands in well under a second', async () => {
    await test$.database.pool.query(
      `insert into metadeck.access_token (name, hash, prefix, last_four, scopes, created_at)
       select 'many ' || n, sha256(n::text::bytea), 'mdk_aaaa', 'zzzz', '{"workspace:content": "r"}', now()
       from generate_series(1, 5000) n`,
    )
    const start = performance.now()
    const page = await list({ sort: 'name', order: 'asc', search: 'many' })
    expect(performance.now() - start).toBeLessThan(1_000)
    expect([page.total, page.items.length]).toEqual([5_000, 200])
    const seen = new Set<number>()
    let cursor: string | null | undefined
    do {
      const next = await list({ search: 'many', limit: 1_000, ...(cursor ? { cursor } : {}) })
      for (const { id } of next.items) seen.add(id)
      cursor = next.nextCursor
    } while (cursor !== null)
    expect(seen.size).toBe(5_000)
    await expect(test$.callWith({ authorization: 'Bearer x' })(getMe)).rejects.toMatchObject({ status: 401 })
  })
})
