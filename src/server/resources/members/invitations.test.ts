import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { Call } from '#api/client/call.ts'
import * as contract from '#api/contract/members.ts'
import { getSession } from '#api/contract/session.ts'
import { listWorkspaces } from '#api/contract/workspaces.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { findPerson } from '../oidc/person.ts'
import { insertProvider } from '../oidc/store.ts'
import { openBrowser } from '../session/browser-fixture.ts'
import { writeSignInPolicy } from '../session/sign-in-policy.ts'
import { SESSION_COOKIE } from '../session/store.ts'
import { holdMembers } from './change-members.ts'
import { INVITATION_LIFE_MS } from './invitations.ts'
import { addMember } from './member-fixture.ts'

const PASSWORD = 'three green bicycles'
const GRANT = { role: 'member' as const, scopes: { 'instance:workspace': 'r' }, workspaces: 'all' as const }
const NOT_VALID = { status: 403, payload: { param: 'token', reason: 'invitation' } }

let test$: TestApp
let owner: Call
let nobody: Call
let count = 0

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  nobody = test$.callWith({})
})
beforeEach(async () => {
  await test$.database.db.deleteFrom('throttle').execute()
})
afterAll(() => test$.close())

const newEmail = () => `guest-${(count += 1)}@example.com`
const secretOf = ({ link }: { link: string }) => new URL(link).hash.slice(1)
const accept = (token: string, call = nobody) =>
  call(contract.acceptInvitation, { body: { token, name: 'Gwen Guest', password: PASSWORD } })

test('a link shows who invites whom, makes the account once, and signs it in', async () => {
  const email = newEmail()
  const made = await owner(contract.createInvitation, { body: { email: email.toUpperCase(), ...GRANT } })
  expect(made).toMatchObject({ email, ...GRANT, status: 'open' })
  expect(made.link).toMatch(/^http:\/\/localhost\/invitation#[\w-]{43}$/)
  const token = secretOf(made)
  expect(await nobody(contract.lookAtInvitation, { body: { token } })).toEqual({
    email,
    role: 'member',
    invitedBy: 'Olive Owner',
    expiresAt: made.expiresAt,
  })
  const payload = { token, name: 'Gwen Guest', password: PASSWORD }
  const reply = await test$.app.inject({ method: 'POST', url: contract.acceptInvitation.path, payload })
  expect([reply.statusCode, reply.json()]).toMatchObject([201, { user: { email, role: 'member' } }])
  const cookie = `${reply.cookies[0]?.name ?? ''}=${reply.cookies[0]?.value ?? ''}`
  const guest = test$.callWith({ cookie })
  expect(await guest(getSession)).toMatchObject({ user: { email, role: 'member' }, scopes: GRANT.scopes })
  await guest(listWorkspaces)
  await expect(accept(token)).rejects.toMatchObject(NOT_VALID)
  await expect(nobody(contract.lookAtInvitation, { body: { token } })).rejects.toMatchObject(NOT_VALID)
  expect((await owner(contract.listInvitations)).items).toEqual([])
})

test('only the hash of a link is kept, and no list, log or audit record holds the link', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const everything = JSON.stringify([
    await owner(contract.listInvitations),
    await test$.database.db.selectFrom('audit_record').selectAll().execute(),
    await test$.database.db.selectFrom('invitation').selectAll().execute(),
    await test$.database.db.selectFrom('throttle').selectAll().execute(),
  ])
  expect(everything).toContain(made.email)
  expect(everything).not.toContain(secretOf(made))
})

test('a link is good for seven days, and a new one makes the old one worthless', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  test$.advance(INVITATION_LIFE_MS)
  owner = await test$.signIn()
  await expect(accept(secretOf(made))).rejects.toMatchObject(NOT_VALID)
  expect((await owner(contract.listInvitations)).items[0]).toMatchObject({ id: made.id, status: 'expired' })
  const again = await owner(contract.resendInvitation, { params: { id: made.id } })
  expect(again).toMatchObject({ id: made.id, status: 'open' })
  const newer = await owner(contract.resendInvitation, { params: { id: made.id } })
  await expect(accept(secretOf(again))).rejects.toMatchObject(NOT_VALID)
  expect(await accept(secretOf(newer))).toMatchObject({ user: { email: made.email } })
})

test('an invitation that was taken back is worth nothing', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  await owner(contract.revokeInvitation, { params: { id: made.id } })
  await expect(accept(secretOf(made))).rejects.toMatchObject(NOT_VALID)
  await expect(owner(contract.resendInvitation, { params: { id: made.id } })).rejects.toMatchObject({ status: 404 })
  await expect(owner(contract.revokeInvitation, { params: { id: made.id } })).rejects.toMatchObject({ status: 404 })
})

test('a link is worth nothing once its address has an account by a provider, nor after that account is removed', async () => {
  const { db } = test$.database
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), role: 'admin' } })
  const fields = { name: 'Any', issuer: 'https://idp.example.com', clientId: 'id', sealedSecret: null, roleClaim: null }
  const gives = { fallbackRole: 'member' as const, memberScopes: GRANT.scopes, memberWorkspaces: 'all' as const }
  const rules = { allowedDomains: ['example.com'], roleRules: [], createsAccounts: true, countsAsSecondFactor: false }
  const provider = await insertProvider(db, { ...fields, ...gives, ...rules, active: true }, test$.deps.now())
  const claims = { email: made.email, email_verified: true }
  const { id } = await db
    .transaction()
    .execute((trx) => findPerson(trx, provider, { issuer: fields.issuer, subject: '1', claims }, test$.deps.now()))
  await expect(accept(secretOf(made))).rejects.toMatchObject(NOT_VALID)
  await owner(contract.deleteMember, { params: { id } })
  await expect(accept(secretOf(made))).rejects.toMatchObject(NOT_VALID)
})

test('an invitation that outlived an account goes with it', async () => {
  const { db } = test$.database
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), role: 'admin' } })
  const left = { email: made.email, name: 'Lee', password_hash: null, role: 'member' as const, created_at: new Date() }
  const { id } = await db.insertInto('user').values(left).returning('id').executeTakeFirstOrThrow()
  await owner(contract.deleteMember, { params: { id } })
  await expect(accept(secretOf(made))).rejects.toMatchObject(NOT_VALID)
})

test('at most five who accept one link have their passwords hashed at once, wherever they are', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const statuses: number[] = []
  // Who got to the hash waits here afterwards.
  const all = await test$.database.db.transaction().execute(async (trx) => {
    await holdMembers(trx)
    const calls = Array.from({ length: 12 }, (_, n) =>
      accept(secretOf(made), openBrowser(test$, { address: `192.0.2.${n}` }).call).then(
        () => statuses.push(201),
        (error: unknown) => statuses.push((error as { status: number }).status),
      ),
    )
    await expect.poll(() => statuses, { timeout: 8_000 }).toEqual(Array(7).fill(429))
    return calls
  })
  await Promise.all(all)
  expect(statuses.slice(7).toSorted((a, b) => a - b)).toEqual([201, 403, 403, 403, 403])
})

test('of two who accept at once one gets the account', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const outcomes = await Promise.allSettled([accept(secretOf(made)), accept(secretOf(made))])
  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: NOT_VALID }])
})

test('an invitation is worth what its sender may still grant', async () => {
  const admin = await addMember(test$, 'admin')
  const { db } = test$.database
  const invited = () => admin.call(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const [first, second, third] = [await invited(), await invited(), await invited()]
  await db.updateTable('user').set({ role: 'member' }).where('id', '=', admin.id).execute()
  await expect(accept(secretOf(first))).rejects.toMatchObject(NOT_VALID)
  await db
    .updateTable('user')
    .set({ role: 'admin', disabled_at: test$.deps.now() })
    .where('id', '=', admin.id)
    .execute()
  await expect(accept(secretOf(second))).rejects.toMatchObject(NOT_VALID)
  await owner(contract.deleteMember, { params: { id: admin.id } })
  await expect(accept(secretOf(third))).rejects.toMatchObject(NOT_VALID)
})

test('an invitation that is sent again is that of whoever sends it again', async () => {
  const admin = await addMember(test$, 'admin')
  const made = await admin.call(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const again = await owner(contract.resendInvitation, { params: { id: made.id } })
  await test$.database.db.updateTable('user').set({ role: 'member' }).where('id', '=', admin.id).execute()
  expect(await accept(secretOf(again))).toMatchObject({ user: { email: made.email } })
})

test('an owner’s invitation is an owner’s affair: an admin neither makes nor sends nor takes it back', async () => {
  const admin = await addMember(test$, 'admin')
  const refusal = { status: 403, payload: { reason: 'role', role: 'owner' } }
  const body = { email: newEmail(), role: 'owner' as const }
  await expect(admin.call(contract.createInvitation, { body })).rejects.toMatchObject(refusal)
  const made = await owner(contract.createInvitation, { body })
  await expect(admin.call(contract.resendInvitation, { params: { id: made.id } })).rejects.toMatchObject(refusal)
  await expect(admin.call(contract.revokeInvitation, { params: { id: made.id } })).rejects.toMatchObject(refusal)
  const demoted = await addMember(test$, 'owner')
  const its = await demoted.call(contract.createInvitation, { body: { ...body, email: newEmail() } })
  await test$.database.db.updateTable('user').set({ role: 'admin' }).where('id', '=', demoted.id).execute()
  await expect(accept(secretOf(its))).rejects.toMatchObject(NOT_VALID)
  expect(await accept(secretOf(made))).toMatchObject({ user: { email: made.email } })
})

test('an address is invited once, and not when it has an account', async () => {
  const body = { email: newEmail(), ...GRANT }
  const made = await owner(contract.createInvitation, { body })
  await expect(owner(contract.createInvitation, { body })).rejects.toMatchObject({
    status: 409,
    payload: { reason: 'already_invited' },
  })
  await accept(secretOf(made))
  await expect(owner(contract.createInvitation, { body })).rejects.toMatchObject({
    status: 409,
    payload: { reason: 'member_exists' },
  })
  await expect(
    owner(contract.createInvitation, { body: { ...body, email: newEmail(), workspaces: [99_999] } }),
  ).rejects.toMatchObject({ status: 400, payload: { param: 'workspaces' } })
})

test('a password that is easily guessed is refused in words, and the link stays good', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const body = { token: secretOf(made), name: 'Gwen Guest', password: 'gwenguest2026' }
  await expect(nobody(contract.acceptInvitation, { body })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('At least 10 characters') as string,
    payload: { param: 'password' },
  })
  expect(await accept(secretOf(made))).toMatchObject({ user: { email: made.email } })
})

test('guesses at links are throttled by address, and keep nobody from another link or from signing in', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  const guess = (token: string, remoteAddress: string) =>
    test$.app.inject({ method: 'POST', url: contract.lookAtInvitation.path, payload: { token }, remoteAddress })
  const statuses: number[] = []
  for (let n = 0; n < 40; n += 1) statuses.push((await guess(`guess-${n}`, '192.0.2.66')).statusCode)
  expect(new Set(statuses.slice(0, 20))).toEqual(new Set([403]))
  expect(statuses.at(-1)).toBe(429)
  expect((await guess(secretOf(made), '192.0.2.67')).statusCode).toBe(200)
  const { email, password } = OWNER
  const payload = { email, password }
  const signIn = { method: 'POST' as const, url: getSession.path, payload, remoteAddress: '192.0.2.66' }
  expect((await test$.app.inject(signIn)).statusCode).toBe(200)
})

test('where a second step is demanded, accepting makes the account and no session', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  await demandSecondStep(true)
  const payload = { token: secretOf(made), name: 'Gwen Guest', password: PASSWORD }
  const reply = await test$.app.inject({ method: 'POST', url: contract.acceptInvitation.path, payload })
  expect([reply.statusCode, reply.json()]).toMatchObject([201, { needs: 'second_factor_setup' }])
  expect(reply.cookies.map(({ name }) => name)).not.toContain(SESSION_COOKIE)
  const { id } = await test$.database.db
    .selectFrom('user')
    .select('id')
    .where('email', '=', made.email)
    .executeTakeFirstOrThrow()
  const sessions = await test$.database.db.selectFrom('session').selectAll().where('user_id', '=', id).execute()
  expect(sessions).toEqual([])
  await demandSecondStep(false)
})

test('whoever was signed in in the browser is so no more, also where a second step is left', async () => {
  const made = await owner(contract.createInvitation, { body: { email: newEmail(), ...GRANT } })
  await demandSecondStep(true)
  const before = await addMember(test$, 'admin')
  const browser = openBrowser(test$)
  browser.cookies.set(SESSION_COOKIE, before.headers.cookie.slice(SESSION_COOKIE.length + 1))
  expect(await accept(secretOf(made), browser.call)).toMatchObject({ needs: 'second_factor_setup' })
  expect([...browser.cookies.keys()]).toEqual(['metadeck_sign_in'])
  await expect(before.call(getSession)).rejects.toMatchObject({ status: 401 })
  await demandSecondStep(false)
})

async function demandSecondStep(requiresSecondStep: boolean): Promise<void> {
  await test$.database.db.transaction().execute((trx) => writeSignInPolicy(trx, { requiresSecondStep }))
}
