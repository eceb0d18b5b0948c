import { type Browser, expect, type Locator, type Page } from '@playwright/test'

import type { Call } from '#api/client/call.ts'
import { listMembers } from '#api/contract/members.ts'
import { createOidcProvider } from '#api/contract/oidc.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { createTable, listTables } from '#api/contract/tables.ts'
import { REVOKE_ALL_WORDS } from '#api/contract/token-lifecycle.ts'
import { createToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expectAccessible, giveSession, test as base, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { type OidcProviderProcess, startOidcProvider } from './oidc-provider.ts'
import { addPerson, callAs } from './people.ts'
import { OWNER, START_LIMIT_MS, startNamedServer } from './server.ts'

interface Fixtures {
  /** Calls with the owner's session. */
  owner: Call
  /** "Example login", for people of example.com; at an IP address, so that it is another site than the console. */
  idp: OidcProviderProcess
}

/** A server of its own: every token of it is revoked in the end. */
const test = base.extend<object, Fixtures>({
  server: [
    async ({}, use) => {
      const server = await startNamedServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: START_LIMIT_MS },
  ],
  owner: [
    async ({ server }, use) => {
      await use(await callAs(server.url))
    },
    { scope: 'worker' },
  ],
  idp: [
    async ({ server, owner }, use) => {
      const idp = await startOidcProvider(`${server.url}/api:console/oidc/1/callback`)
      const { issuer, clientId, clientSecret } = idp
      await owner(createOidcProvider, {
        body: {
          name: 'Example login',
          issuer,
          clientId,
          clientSecret,
          allowedDomains: ['example.com'],
          createsAccounts: true,
          memberScopes: { 'workspace:content': 'r' },
        },
      })
      await use(idp)
      await idp.stop()
    },
    { scope: 'worker' },
  ],
})

const READER: Scopes = { 'workspace:database': 'r', 'workspace:api': 'r' }

const statusWith = async (url: string, secret: string): Promise<number> =>
  (await fetch(`${url}/api:meta/workspace`, { headers: { authorization: `Bearer ${secret}` } })).status

/** A token of whoever calls; answers its secret. */
async function makeToken(call: Call, scopes: Scopes, workspaces: 'all' | number[]): Promise<string> {
  const name = unique('script')
  return (await call(createToken, { body: { name, scopes, workspaces, expiresInSeconds: 3_600 } })).token
}

/** An account that may read tables of these workspaces; answers its page and its calls. */
async function addMember(owner: Call, browser: Browser, url: string, name: string, workspaces: number[]) {
  const who = await addPerson(owner, url, name, { role: 'member', scopes: READER, workspaces })
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await giveSession(page, url, who)
  return { page, call: await callAs(url, who), context }
}

test('a provider signs in from its button and leads to where one wanted to be', async ({ page, idp, server }) => {
  await idp.nextPerson({ sub: '1', email: 'sam@example.com', email_verified: true, name: 'Sam Single' })
  await page.goto('/tokens?show=ending')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByRole('link', { name: 'Continue with Example login' }).click()
  await expect(page).toHaveURL(`${server.url}/tokens?show=ending`)
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Account: Sam Single' })).toBeVisible()
  const cookies = await page.context().cookies(server.url)
  expect(cookies.find(({ name }) => name === 'metadeck_session')).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
})

test('who is of another domain is refused in words, gets no account, and the way back is kept', async ({
  page,
  idp,
  owner,
}) => {
  await idp.nextPerson({ sub: '2', email: 'eve@evil.example', email_verified: true, name: 'Eve' })
  await page.goto('/audit')
  await page.getByRole('link', { name: 'Continue with Example login' }).click()
  await expect(page.getByText('You have no access to this Metadeck')).toBeVisible()
  await expectAccessible(page)
  const { items } = await owner(listMembers)
  expect(items.map(({ email }) => email)).not.toContain('eve@evil.example')

  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
})

test('a member with two scopes in one workspace sees that one, is told the scope that anything else lacks, and has her account', async ({
  browser,
  server,
  owner,
}) => {
  const shop = await owner(createWorkspace, { body: { name: unique('Hers') } })
  const other = await owner(createWorkspace, { body: { name: unique('Not hers') } })
  const params = { workspace_id: shop.id }
  const table = await owner(createTable, { params, body: { name: 'orders' } })
  const { page, call, context } = await addMember(owner, browser, server.url, 'Mia Member', [shop.id])

  await page.goto('/workspaces')
  await expect(page.getByRole('link', { name: shop.name })).toBeVisible()
  await expect(page.getByRole('link', { name: other.name })).toHaveCount(0)
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Members' })).toHaveCount(0)
  await page.goto(`/w/${other.id}`)
  await expect(page.getByText('No such workspace')).toBeVisible()

  await page.goto(`/w/${shop.id}/tables`)
  await page.getByRole('link', { name: 'orders' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'orders' })).toBeVisible()
  // Rows are not hers to read, so the table opens with what is.
  await expect(page.getByText('created_at', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Rows' }).click()
  await expect(page.getByText('You need Workspace Content: Read.')).toBeVisible()
  await page.goto(`/w/${shop.id}/api-groups`)
  await expect(page.getByText('You need Workspace Api: Create.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Create/ })).toHaveCount(0)
  await page.goto('/protection')
  await expect(page.getByText('You need Instance Workspace: Read.')).toBeVisible()
  await expectAccessible(page)

  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name' }).fill('Mia Moved')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('button', { name: 'Account: Mia Moved' })).toBeVisible()
  await page.getByRole('tab', { name: 'Sessions' }).click()
  await expect(page.getByText('This one')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Everybody’s' })).toHaveCount(0)
  // What she was not granted is not hers to pass on.
  const more = { name: 'more', scopes: { ...READER, 'workspace:content': 'r' as const }, workspaces: [shop.id] }
  await expect(call(createToken, { body: more })).rejects.toMatchObject({ status: 403 })
  expect((await call(listTables, { params })).items.map(({ id }) => id)).toEqual([table.id])
  await context.close()
})

/** Opens the dialog that revokes all. */
async function askToRevokeAll(page: Page, title: string): Promise<Locator> {
  await page.goto('/tokens')
  await page.getByRole('button', { name: 'Actions for all tokens' }).click()
  await page.getByRole('menuitem', { name: 'Revoke all tokens' }).click()
  const dialog = page.getByRole('alertdialog', { name: title })
  await expect(dialog.getByRole('button', { name: 'Revoke all tokens' })).toBeDisabled()
  return dialog
}

/** Goes through with it. */
async function revokeAll(page: Page, title: string): Promise<void> {
  const dialog = await askToRevokeAll(page, title)
  await expectAccessible(page)
  await dialog.getByRole('textbox').fill(REVOKE_ALL_WORDS)
  await dialog.getByRole('button', { name: 'Revoke all tokens' }).click()
  await expect(dialog).toBeHidden()
}

test('revoking all takes a member’s own tokens, and from an owner every token at once; people stay signed in', async ({
  signedIn: page,
  browser,
  server,
  owner,
}) => {
  const { id } = await owner(createWorkspace, { body: { name: unique('Shared') } })
  const member = await addMember(owner, browser, server.url, 'Max Member', [id])
  const owners = await makeToken(owner, { 'instance:workspace': 'r' }, 'all')
  const first = await makeToken(member.call, READER, [id])
  const states = (...secrets: string[]) => Promise.all(secrets.map((secret) => statusWith(server.url, secret)))
  expect(await states(owners, first)).toEqual([200, 200])

  const question = await askToRevokeAll(page, 'Revoke all tokens of this instance')
  await expectLooks(page)
  await question.getByRole('textbox').fill(`${REVOKE_ALL_WORDS}!`)
  await expect(question.getByRole('button', { name: 'Revoke all tokens' })).toBeDisabled()
  await question.getByRole('textbox').fill(REVOKE_ALL_WORDS)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  expect(await states(owners, first)).toEqual([200, 200])

  await revokeAll(member.page, 'Revoke all tokens that you made')
  await expect(member.page.getByText('1 token revoked')).toBeVisible()
  expect(await states(owners, first)).toEqual([200, 401])

  const second = await makeToken(member.call, READER, [id])
  await revokeAll(page, 'Revoke all tokens of this instance')
  await expect(page.getByText('2 tokens revoked')).toBeVisible()
  expect(await states(owners, second)).toEqual([401, 401])
  await member.page.reload()
  await expect(member.page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await member.context.close()
})
