import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'

import * as contract from '#api/contract/members.ts'
import { createOidcProvider, updateOidcProvider } from '#api/contract/oidc.ts'
import { signIn } from '#api/contract/session.ts'
import { putSignInPolicy } from '#api/contract/sign-in-methods.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { openBrowser, type TestBrowser } from '../session/browser-fixture.ts'
import { addMember } from './member-fixture.ts'

const GRANT = { scopes: { 'instance:workspace': 'r' }, workspaces: 'all' as const }
const proof = { password: OWNER.password }

let test$: TestApp
let owner: TestBrowser
let memberId: number
let providerId: number
let people = 0

const newEmail = () => `person-${(people += 1)}@example.com`
const provider = () => ({
  name: newEmail(),
  issuer: 'https://idp.example.com',
  clientId: 'id',
  clientSecret: 'secret',
  allowedDomains: ['example.com'],
})

beforeAll(async () => {
  test$ = await createTestApp()
})
beforeEach(async () => {
  await test$.database.db.deleteFrom('throttle').execute()
  owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
  memberId = (await addMember(test$, 'member', GRANT)).id
  providerId = (await owner.call(createOidcProvider, { body: provider() })).id
})
afterAll(() => test$.close())

const grow = 11 * 60_000
const params = () => ({ id: memberId })

/** What makes somebody or something strong, by what is sent beside. */
const STRONG: [string, (sent: object) => Promise<unknown>][] = [
  [
    'makes an account',
    (sent) =>
      owner.call(contract.createMember, { body: { name: 'Al', email: newEmail(), role: 'member', ...GRANT, ...sent } }),
  ],
  [
    'makes a member an admin',
    (sent) => owner.call(contract.updateMember, { params: params(), body: { role: 'admin', ...sent } }),
  ],
  [
    'makes a member an owner',
    (sent) => owner.call(contract.updateMember, { params: params(), body: { role: 'owner', ...sent } }),
  ],
  [
    'invites an admin',
    (sent) => owner.call(contract.createInvitation, { body: { email: newEmail(), role: 'admin', ...sent } }),
  ],
  [
    'invites an owner',
    (sent) => owner.call(contract.createInvitation, { body: { email: newEmail(), role: 'owner', ...sent } }),
  ],
  ['adds a provider', (sent) => owner.call(createOidcProvider, { body: { ...provider(), ...sent } })],
  [
    'changes a provider',
    (sent) => owner.call(updateOidcProvider, { params: { id: providerId }, body: { ...provider(), ...sent } }),
  ],
  [
    'demands no second step any more',
    (sent) => owner.call(putSignInPolicy, { body: { requiresSecondStep: false, ...sent } }),
  ],
]

describe.each(STRONG)('who %s', (_what, act) => {
  it('shows who they are unless they signed in ten minutes ago at most', async () => {
    await act({})
    test$.advance(grow)
    await expect(act({})).rejects.toMatchObject({ status: 403, payload: { reason: 'proof_required' } })
    await expect(act({ proof: { password: 'wrong' } })).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'wrong_proof' },
    })
    await act({ proof })
  })
})

test('a new link for an admin needs a proof as the first one did, and one for a member does not', async () => {
  const invite = (role: 'admin' | 'member') =>
    owner.call(contract.createInvitation, { body: { email: newEmail(), role, ...(role === 'admin' ? {} : GRANT) } })
  const [strong, weak] = [await invite('admin'), await invite('member')]
  test$.advance(grow)
  const resend = (id: number, body = {}) => owner.call(contract.resendInvitation, { params: { id }, body })
  await expect(resend(strong.id)).rejects.toMatchObject({ status: 403, payload: { reason: 'proof_required' } })
  expect([await resend(strong.id, proof), await resend(weak.id)]).toMatchObject([{ id: strong.id }, { id: weak.id }])
})

test('what makes nobody stronger asks for nothing, and no proof is kept anywhere', async () => {
  test$.advance(grow)
  await owner.call(contract.createInvitation, { body: { email: newEmail(), role: 'member', ...GRANT } })
  for (const body of [
    { name: 'New name' },
    { disabled: true },
    { disabled: false },
    { role: 'member' as const, ...GRANT },
  ]) {
    await owner.call(contract.updateMember, { params: params(), body })
  }
  await owner.call(contract.updateMember, { params: params(), body: { role: 'admin', proof } })
  const { db } = test$.database
  const kept = [
    await db.selectFrom('audit_record').selectAll().execute(),
    await db.selectFrom('idempotency').selectAll().execute(),
    await db.selectFrom('user').select(['name', 'scopes']).execute(),
  ]
  expect(JSON.stringify(kept)).not.toContain(OWNER.password)
})
