import type { BrowserContext, Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'

import { expect, expectAccessible, test as base } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { OWNER, START_LIMIT_MS, startNamedServer } from './server.ts'

/** Passkeys need a host name, so this server has one; its owner's way to sign in changes from test to test. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await startNamedServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: START_LIMIT_MS },
  ],
})
test.describe.configure({ mode: 'serial' })

/** What the tests after the first one sign in with. */
const known = { password: OWNER.password, secret: '', recoveryCodes: new Array<string>() }

/** A code that was not used yet: each is good once, the one to come is good already. */
function nextCode(secret: string, isNext = false): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + (isNext ? 30_000 : 0) })
}

async function givePassword(page: Page, path: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`)
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(known.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signInByRecoveryCode(page: Page, path: string): Promise<void> {
  await givePassword(page, path)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(known.recoveryCodes.pop() ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${path}$`))
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
}

test('an authenticator app is set up, and its recovery codes can be left only when they are stored', async ({
  page,
}) => {
  await givePassword(page, '/account/security')
  await expectLooks(page)
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await expectAccessible(page)
  known.secret = (await dialog.locator('code').first().innerText()).replaceAll(' ', '')
  // Complete is enough: no button is pressed.
  await dialog.getByRole('textbox', { name: 'Code' }).fill(nextCode(known.secret))
  const list = dialog.getByRole('list', { name: 'Recovery codes' })
  await expect(list.getByRole('listitem')).toHaveCount(10)
  await expectAccessible(page)
  known.recoveryCodes = await list.getByRole('listitem').allInnerTexts()
  await page.keyboard.press('Escape')
  await expect(list).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('metadeck-recovery-codes.txt')
  await dialog.getByRole('checkbox', { name: 'I have stored them' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('10 codes left')).toBeVisible()
  expect(await page.content()).not.toContain(known.recoveryCodes[0] ?? 'none')
})

test('sign-in then asks for the code and goes on where one wanted to be; a recovery code works once', async ({
  page,
}) => {
  await givePassword(page, '/tokens')
  await expect(page).toHaveURL(/\/sign-in\?step=1&next=%2Ftokens$/)
  const code = page.getByRole('textbox', { name: 'Code' })
  await expect(code).toBeFocused()
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
  await expectLooks(page)
  await code.fill('000 000')
  await expect(page.getByRole('alert')).toContainText('wrong')
  await page.reload()
  await code.fill(nextCode(known.secret, true))
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await signOut(page)

  const [used = ''] = known.recoveryCodes.slice(-1)
  await signInByRecoveryCode(page, '/account')
  await signOut(page)
  await givePassword(page, '/account')
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(used)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('This recovery code is wrong or was used')
})

test('a second step that nobody began, or that took too long, leads back to the beginning', async ({ page }) => {
  await page.goto('/sign-in?step=1&next=%2Ftokens')
  await expect(page.getByText('This sign-in is over')).toBeVisible()
  await page.getByRole('link', { name: 'Begin again' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftokens$/)
})

test('a passkey is added, signs in without a password, is renamed and removed', async ({ page, context }) => {
  await addAuthenticator(context, page)
  // The simulated device answers the browser's own offer in the form at once: without it, the button is what signs in.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
  await signInByRecoveryCode(page, '/account/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Add passkey' }).click()
  await expect(page.getByRole('button', { name: 'Rename Laptop' })).toBeVisible()
  await signOut(page)

  await page.goto('/sign-in?next=%2Faccount%2Fsecurity')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/account\/security$/)

  await page.getByRole('button', { name: 'Rename Laptop' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Desk')
  await page.getByRole('dialog').getByRole('button', { name: 'Save name' }).click()
  await page.getByRole('button', { name: 'Remove Desk' }).click()
  const confirm = page.getByRole('alertdialog')
  await confirm.getByRole('textbox').fill('Desk')
  await confirm.getByRole('button', { name: 'Remove passkey' }).click()
  // However fresh the sign-in is: a stolen session must not take ways to sign in away.
  const proof = page.getByRole('dialog', { name: 'Show that it is you' })
  await proof.getByRole('textbox', { name: 'Password' }).fill('not this one')
  await proof.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(proof.getByRole('alert')).toContainText('not right')
  await proof.getByRole('textbox', { name: 'Password' }).fill(known.password)
  await proof.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(page.getByText('No passkey yet')).toBeVisible()
})

/** A device of this browser that has a lock and always opens it. */
async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('sessions elsewhere are listed and ended, and a new password ends them too', async ({ page, browser, server }) => {
  await signInByRecoveryCode(page, '/account/sessions')
  const table = page.getByRole('table', { name: 'Sessions' })
  await expect(table.getByText('This one')).toBeVisible()
  const other = await browser.newContext({ baseURL: server.url })
  const elsewhere = await other.newPage()
  await signInByRecoveryCode(elsewhere, '/account')
  await page.getByRole('radio', { name: 'Everybody’s' }).click()
  await expect(page).toHaveURL(/of=everybody/)
  await expectLooks(page)
  await page.getByRole('radio', { name: 'Mine' }).click()
  await page.reload()
  await page
    .getByRole('button', { name: /^End .* from / })
    .first()
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  expect((await elsewhere.request.get('/api:meta/workspace')).status()).toBe(401)
  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in/)

  await signInByRecoveryCode(elsewhere, '/account')
  await page.goto('/account/security')
  await page.getByLabel('Current password').fill(known.password)
  await page.getByLabel('New password').fill('password12345')
  await expect(page.getByText(/tried first/)).toBeVisible()
  known.password = 'seven quiet harbours'
  await page.getByLabel('New password').fill(known.password)
  await page.getByRole('button', { name: /^Change password/ }).click()
  await expect(page.getByText(/other sessions? ended/)).toBeVisible()
  await elsewhere.reload()
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await other.close()

  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name' }).fill('Olive Owner')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('button', { name: 'Account: Olive Owner' })).toBeVisible()
  await expectAccessible(page)
})

test('an invited person sets up the second step that is demanded before anything else opens', async ({
  page,
  browser,
  server,
}) => {
  await signInByRecoveryCode(page, '/account')
  const api = (method: 'POST' | 'PUT', path: string, data: object) =>
    page.request.fetch(`/api:console/${path}`, { method, data })
  const invited = await api('POST', 'invitations', {
    email: 'ada@example.com',
    role: 'member',
    scopes: { 'workspace:content': 'r' },
    workspaces: 'all',
  })
  const { link } = (await invited.json()) as { link: string }
  expect((await api('PUT', 'sign-in-policy', { requiresSecondStep: true })).status()).toBe(200)

  const other = await browser.newContext({ baseURL: server.url })
  const guest = await other.newPage()
  await guest.goto(link)
  await expect(guest.getByText('invites you as a member')).toBeVisible()
  // The link's secret leaves the address bar at once.
  await expect(guest).toHaveURL(/\/invitation$/)
  await expectLooks(guest)
  await guest.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await guest.getByLabel('Password', { exact: true }).fill('three green bicycles')
  await guest.getByRole('button', { name: 'Create the account and sign in' }).click()

  await expect(guest.getByRole('heading', { level: 1, name: 'Set up a second step' })).toBeVisible()
  await guest.goto('/workspaces')
  await expect(guest).toHaveURL(/\/sign-in/)
  await guest.goto('/sign-in?step=1')
  await guest.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const secret = (await guest.locator('code').first().innerText()).replaceAll(' ', '')
  await guest.getByRole('textbox', { name: 'Code' }).fill(nextCode(secret))
  await expect(guest.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  await guest.getByRole('checkbox', { name: 'I have stored them' }).click()
  await guest.getByRole('button', { name: 'Go on' }).click()
  await expect(guest.getByRole('button', { name: 'Account: Ada' })).toBeVisible()

  await guest.goto('/account/sessions?of=everybody')
  await expect(guest.getByText('This one')).toBeVisible()
  await expect(guest.getByRole('radio', { name: 'Everybody’s' })).toHaveCount(0)
  await guest.goto(link)
  await expect(guest.getByRole('heading', { level: 1, name: 'This invitation is not valid' })).toBeVisible()
  await other.close()
})
