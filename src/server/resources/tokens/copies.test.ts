import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { listAudit } from '#api/contract/audit-console.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { listTables } from '#api/contract/tables.ts'
import * as lifecycle from '#api/contract/token-lifecycle.ts'
import { DEFAULT_TOKEN_POLICY, putTokenPolicy } from '#api/contract/token-policy.ts'
import { type CreatedToken, createToken, listTokens, revokeToken } from '#api/contract/tokens.ts'
import { createWorkspace, deleteWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const DAY = 86_400

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
})
afterAll(() => test$.close())

const input = { name: 'nightly', expiresInSeconds: DAY, scopes: ALL_SCOPES, workspaces: 'all' as const }
const make = (more: object = {}): Promise<CreatedToken> => owner(createToken, { body: { ...input, ...more } })
const rotate = (id: number, body: Partial<lifecycle.RotateToken> = {}) =>
  owner(lifecycle.rotateToken, { params: { id }, body: { overlapSeconds: 0, ...body } })
const duplicate = (id: number, body: object = {}) => owner(lifecycle.duplicateToken, { params: { id }, body })

describe('a copy that never ends', () => {
  const neverReason = 'the old till cannot rotate'
  const asked = { status: 400, payload: { param: 'neverReason' } }

  it('needs a reason before anybody sets a policy, and takes one where the other token has none', async () => {
    await expect(make({ expiresInSeconds: null })).rejects.toMatchObject(asked)
    const ends = await make()
    await expect(rotate(ends.id, { expiresInSeconds: null })).rejects.toMatchObject(asked)
    await expect(duplicate(ends.id, { expiresInSeconds: null })).rejects.toMatchObject(asked)
    const copy = await duplicate(ends.id, { expiresInSeconds: null, neverReason })
    expect(copy).toMatchObject({ expiresAt: null, neverReason })
    expect(await rotate(ends.id, { expiresInSeconds: null, neverReason })).toMatchObject({ neverReason })
    // Nobody says it twice, and a new one takes the place of the old.
    const next = await rotate(copy.id)
    expect(next).toMatchObject({ expiresAt: null, neverReason })
    expect(await rotate(next.id, { neverReason: 'another till, as old' })).toMatchObject({
      neverReason: 'another till, as old',
    })
  })

  it('needs none where the policy asks for none', async () => {
    await owner(putTokenPolicy, { body: { ...DEFAULT_TOKEN_POLICY, asksNeverReason: false } })
    const { id } = await make({ expiresInSeconds: null })
    expect(await rotate(id)).toMatchObject({ expiresAt: null, neverReason: null })
    await owner(putTokenPolicy, { body: DEFAULT_TOKEN_POLICY })
  })
})

describe('a copy', () => {
  it('of a token whose workspaces are all gone is refused; those that are left are kept', async () => {
    const workspace = async (name: string) => (await test$.call(createWorkspace, { body: { name } })).id
    const [gone, left] = [await workspace('Gone'), await workspace('Left')]
    const [one, both] = [await make({ workspaces: [gone, gone] }), await make({ workspaces: [gone, left, left] })]
    expect([one.workspaces, both.workspaces]).toEqual([[gone], [gone, left]])
    await test$.call(deleteWorkspace, { params: { workspace_id: gone } })
    const refused = { status: 409, payload: { reason: 'workspaces_gone' }, message: expect.stringContaining('nightly') }
    await expect(rotate(one.id)).rejects.toMatchObject(refused)
    await expect(duplicate(one.id)).rejects.toMatchObject(refused)
    expect((await duplicate(both.id)).workspaces).toEqual([left])
    expect((await rotate(both.id)).workspaces).toEqual([left])
  })

  it('has a name that is cut between characters', async () => {
    const { id } = await make({ name: `x${'👩‍👩‍👧'.repeat(24)}` })
    const { name } = await duplicate(id)
    expect(name).toBe(`x${'👩‍👩‍👧'.repeat(24)} copy`)
    const long = await make({ name: `xx${'👩‍👩‍👧'.repeat(24)}yyyyyy` })
    expect((await duplicate(long.id)).name).toBe(`xx${'👩‍👩‍👧'.repeat(24)}y copy`)
    const family = await make({ name: `${'x'.repeat(191)}👩‍👩‍👧` })
    const cut = (await duplicate(family.id)).name
    expect([cut, cut.isWellFormed()]).toEqual([`${'x'.repeat(191)} copy`, true])
  })

  it('leaves the token that it takes the place of out of those that ask for attention', async () => {
    const expiring = async () => (await owner(listTokens)).attention.expiring
    const before = await expiring()
    const { id } = await make()
    expect(await expiring()).toBe(before + 1)
    await rotate(id, { overlapSeconds: 3_600, expiresInSeconds: 30 * DAY })
    expect(await expiring()).toBe(before)
  })
})

describe('the audit log', () => {
  const records = async (action: string) => (await owner(listAudit, { query: { action } })).items

  it('tells a rotation of both tokens, and a duplicate as something made', async () => {
    const { id, name, lastFour } = await make({ name: 'told' })
    const next = await rotate(id)
    const [rotated] = await records('tokenRotate')
    expect(rotated).toMatchObject({
      type: 'update',
      target: { kind: 'token', id, name },
      detail: { rotatedTo: { id: next.id, name, lastFour: next.lastFour }, overlapSeconds: 0 },
    })
    expect(lastFour).not.toBe(next.lastFour)
    const copy = await duplicate(next.id)
    expect((await records('tokenDuplicate'))[0]).toMatchObject({ type: 'create', target: { id: copy.id } })
  })

  it('holds nothing of what changed nothing', async () => {
    const { id } = await make()
    const by = { params: { id } }
    const counted = async () => {
      const all = await Promise.all(['tokenDisable', 'tokenEnable', 'tokenRevoke', 'tokenPolicyPut'].map(records))
      return all.map(({ length }) => length)
    }
    const [disabled = 0, enabled = 0, revoked = 0, put = 0] = await counted()
    await owner(lifecycle.enableToken, by)
    for (let again = 0; again < 2; again += 1) await owner(lifecycle.disableToken, by)
    for (let again = 0; again < 2; again += 1) await owner(lifecycle.enableToken, by)
    for (let again = 0; again < 2; again += 1) await owner(revokeToken, by)
    await owner(putTokenPolicy, { body: DEFAULT_TOKEN_POLICY })
    expect(await counted()).toEqual([disabled + 1, enabled + 1, revoked + 1, put])
  })

  it('calls a refused look a reading', async () => {
    const { token } = await make({ scopes: { 'workspace:content': 'r' } })
    const { id } = await test$.call(createWorkspace, { body: { name: 'Closed' } })
    const call = test$.callWith({ authorization: `Bearer ${token}` })
    await expect(call(listTables, { params: { workspace_id: id } })).rejects.toMatchObject({ status: 403 })
    expect((await records(listTables.id))[0]).toMatchObject({ outcome: 'refused', type: 'read' })
    await expect(call(createWorkspace, { body: { name: 'x' } })).rejects.toMatchObject({ status: 403 })
    const refused = { action: createWorkspace.id, outcome: 'refused' as const }
    expect((await owner(listAudit, { query: refused })).items[0]).toMatchObject({ type: 'create' })
  })
})
