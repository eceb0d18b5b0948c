import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { updateMember } from '#api/contract/members.ts'
import { dangersIn } from '#api/contract/scope-dangers.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { createToken, getToken, listTokens, type Token, type TokenListQuery } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'

const ROWS: Scopes = { 'workspace:content': 'crud', 'workspace:log': 'r' }
const WIDE: Scopes = { ...ROWS, 'instance:workspace': 'rd' }
const READS: Scopes = { 'workspace:content': 'r', 'workspace:log': 'r' }

let test$: TestApp
let owner: Call
let shop: number
let blog: number
let maker: number

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  await test$.database.db.deleteFrom('access_token').execute()
  shop = (await owner(createWorkspace, { body: { name: 'Shop' } })).id
  blog = (await owner(createWorkspace, { body: { name: 'Blog' } })).id
  const member = await addMember(test$, 'member', { scopes: WIDE })
  maker = member.id
  const make = (call: Call, name: string, scopes: Scopes, workspaces: 'all' | number[]) =>
    call(createToken, { body: { name, scopes, workspaces, expiresInSeconds: 86_400 } })
  await make(owner, 'owner-reads', READS, 'all')
  await make(owner, 'owner-rows', ROWS, [blog])
  await make(member.call, 'wide-all', WIDE, 'all')
  await make(member.call, 'wide-blog', WIDE, [blog])
  await make(member.call, 'rows-both', ROWS, [shop, blog])
  await make(member.call, 'reads', READS, 'all')
})
afterAll(() => test$.close())

const list = async (query: Partial<TokenListQuery> = {}) => owner(listTokens, { query })
const names = ({ items }: { items: Token[] }) => items.map(({ name }) => name)
const cut = (scopes: Scopes, workspaces: 'all' | number[]) =>
  owner(updateMember, { params: { id: maker }, body: { scopes, workspaces } })

/** The same from what the answer says, so that the list cannot go by anything else. */
function dangerOf({ effectiveScopes = {}, effectiveWorkspaces = 'all' }: Token): number {
  if (effectiveWorkspaces.length === 0) return 0
  return dangersIn(effectiveScopes).reduce((sum, { weight }) => sum + weight, 0)
}

it.each([
  ['everything', WIDE, () => 'all' as const, ['wide-all', 'wide-blog', 'rows-both', 'owner-rows'], 4],
  ['rows alone', ROWS, () => 'all' as const, ['wide-all', 'rows-both', 'wide-blog', 'owner-rows'], 4],
  ['reading alone', READS, () => 'all' as const, ['owner-rows'], 1],
  ['everything, in one workspace', WIDE, () => [shop], ['wide-all', 'rows-both', 'owner-rows'], 3],
])(
  'a maker who holds %s makes tokens no more dangerous than that, in filter, order and count',
  async (_held, scopes, workspaces, expected, count) => {
    await cut(scopes, workspaces())
    const dangerous = await list({ dangerous: 'true', sort: 'danger' })
    expect(names(dangerous)).toEqual(expected)
    expect([dangerous.total, dangerous.attention.dangerous]).toEqual([count, count])
    const { items } = await list({ sort: 'danger' })
    const dangers = items.map(dangerOf)
    expect(dangers).toEqual(dangers.toSorted((a, b) => b - a))
    expect(new Set(names({ items: items.filter((token) => dangerOf(token) > 0) }))).toEqual(new Set(expected))
  },
)

it('a token reaches of its workspaces those that its maker reaches too, in its page, the list and the filter', async () => {
  await cut(WIDE, [shop])
  const { items } = await list()
  const reach = new Map(items.map(({ name, effectiveWorkspaces }) => [name, effectiveWorkspaces]))
  expect([reach.get('wide-all'), reach.get('rows-both'), reach.get('wide-blog')]).toEqual([[shop], [shop], []])
  expect([reach.get('owner-reads'), reach.get('owner-rows')]).toEqual(['all', [blog]])
  const both = items.find(({ name }) => name === 'rows-both')
  expect(await owner(getToken, { params: { id: both?.id ?? 0 } })).toMatchObject({
    workspaces: [shop, blog],
    effectiveWorkspaces: [shop],
  })
  expect(names(await list({ workspaceId: blog, sort: 'name', order: 'asc' }))).toEqual(['owner-reads', 'owner-rows'])
  expect((await list({ workspaceId: shop })).total).toBe(4)
  expect(names(await list({ scope: 'instance:workspace:delete', sort: 'name' }))).toEqual(['wide-blog', 'wide-all'])
})

it('the list can be narrowed to the tokens of one account, and never beyond those that the caller sees', async () => {
  const page = await list({ madeBy: maker, status: 'active' })
  expect(page.total).toBe(4)
  expect(new Set(page.items.map(({ createdBy }) => createdBy?.id))).toEqual(new Set([maker]))
  const stranger = await addMember(test$, 'member', { scopes: READS })
  expect((await stranger.call(listTokens, { query: { madeBy: maker } })).total).toBe(0)
})

it('a token of a maker who reaches nothing any more is listed, reaches nothing and is not dangerous', async () => {
  await test$.database.db.updateTable('user').set({ workspaces: [] }).where('id', '=', maker).execute()
  const { items, attention } = await list({ search: 'wide' })
  expect(items.map(({ effectiveWorkspaces }) => effectiveWorkspaces)).toEqual([[], []])
  expect(attention.dangerous).toBe(1)
})
