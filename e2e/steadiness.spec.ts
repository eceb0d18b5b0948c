import type { Page, Route } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'

import { createCall } from '#api/client/call.ts'
import { createInvitation } from '#api/contract/members.ts'
import { confirmTotp, startTotp } from '#api/contract/second-factor.ts'
import { putSignInPolicy } from '#api/contract/sign-in-methods.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, giveSession, signInByFetch, test, unique } from './fixtures.ts'
import { addPerson, callAs, type Person } from './people.ts'
import { startOwnedServer } from './server.ts'

const codeOf = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate()

const notices = (page: Page) => page.getByRole('region', { name: 'Notifications' })

/** What is asked before a download begins. */
const CHECK = /audit\?.*limit=1(&|$)/

/** Holds what matches back until the answer is called. */
async function holdBack(page: Page, path: string, method: string) {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<(route: Route) => Promise<void>>()
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback()
    arrived.resolve()
    await (
      await released.promise
    )(route)
  })
  return {
    arrived: arrived.promise,
    letThrough: () => released.resolve((route) => route.continue()),
    refuse: (status: number, message: string) =>
      released.resolve((route) => route.fulfill({ status, json: { code: 'conflict', message } })),
  }
}

/** An admin of their own for a test that changes how they sign in; the page is theirs. */
async function signInSomebody(page: Page, url: string): Promise<Person> {
  const who = await addPerson(await callAs(url), url, 'Ada Admin', { role: 'admin' })
  await giveSession(page, url, who)
  return who
}

test('an address is opened again whatever its query ends in', async ({ signedIn: page }) => {
  for (const [address, title] of [
    ['/audit?range=between&from=2026-11-20T09:15:00.000Z', 'Audit'],
    ['/members?q=ada@example.com', 'Members'],
    ['/tokens?q=a.b', 'Tokens'],
    ['/account/security.html', 'Your account'],
  ] as const) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
})

test('a record that is opened and closed is one request, however old the list and its range', async ({
  signedIn: page,
  api,
}) => {
  await api(createWorkspace, { body: { name: unique('Shop in the log') } })
  await page.clock.install()
  await page.goto('/audit?range=1h')
  await expect(page.getByRole('table', { name: 'Audit records' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await page.clock.fastForward('02:00')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api:')) asked.push(request.url())
  })
  await page
    .getByRole('button', { name: /^Created workspace/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('region', { name: 'Chain' })).toBeVisible()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(sheet).toBeHidden()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((url) => url.includes('/audit'))).toHaveLength(1)
  // Another range is another list.
  await page.getByRole('combobox', { name: 'Time' }).click()
  await page.getByRole('option', { name: 'Last 24 hours' }).click()
  await expect.poll(() => asked.filter((url) => url.includes('/audit'))).toHaveLength(2)
})

test('an export that is refused is told in words, and never by a page of JSON', async ({ signedIn: page }) => {
  await page.goto('/audit')
  const begin = async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: /as CSV$/ }).click()
  }

  await test.step('before the download begins', async () => {
    await page.route(CHECK, (route) =>
      route.fulfill({ status: 409, json: { code: 'conflict', message: 'The log is being moved.' } }),
    )
    await begin()
    await expect(notices(page).getByText('The log was not exported')).toBeVisible()
    await expect(notices(page).getByText('The log is being moved.')).toBeVisible()
    await page.unrouteAll()
  })

  await test.step('in the moment in which it begins', async () => {
    await page.route(CHECK, async (route) => {
      const reply = await route.fetch()
      await page.request.delete('/api:console/session')
      await route.fulfill({ response: reply })
    })
    const download = page.waitForEvent('download')
    await begin()
    expect(await (await download).failure()).not.toBeNull()
    // The end of the session is told to the page at once, which asks for a new one.
    await expect(page.getByText('Your session ended')).toBeVisible()
    await expect(page).toHaveURL(/\/sign-in\?next=%2Faudit$/)
  })
})

test('what becomes of a change is told after its page was left', async ({ page, server }) => {
  const who = await signInSomebody(page, server.url)
  const change = async () => {
    await page.goto('/account')
    await page.getByRole('tab', { name: 'Security' }).click()
    await page.getByLabel('Current password').fill(who.password)
    await page.getByLabel('New password').fill('seven quiet harbours')
    await page.getByRole('button', { name: /^Change password/ }).click()
  }

  await test.step('a failure', async () => {
    const held = await holdBack(page, '**/api:console/me/password', 'PUT')
    await change()
    await held.arrived
    await page.getByRole('link', { name: 'Tokens', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
    held.refuse(409, 'Somebody else changed it.')
    await expect(notices(page).getByText('The password was not changed')).toBeVisible()
    await expect(notices(page).getByText('Somebody else changed it.')).toBeVisible()
    await page.unrouteAll()
  })

  await test.step('a success', async () => {
    const held = await holdBack(page, '**/api:console/me/password', 'PUT')
    await change()
    await held.arrived
    await page.getByRole('link', { name: 'Tokens', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
    held.letThrough()
    await expect(notices(page).getByText('The password is changed')).toBeVisible()
  })
})

test('recovery codes come to whoever has gone on; a failure of one proof is none of another', async ({
  page,
  server,
}) => {
  const who = await signInSomebody(page, server.url)
  await page.goto('/account')
  await page.getByRole('tab', { name: 'Security' }).click()
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const secret = await page.getByRole('dialog').locator('code').first().innerText()
  const held = await holdBack(page, '**/api:console/me/totp/confirm', 'POST')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Code' }).fill(codeOf(secret))
  await held.arrived
  await page.goBack()
  await expect(page).toHaveURL(/\/account$/)
  held.letThrough()
  await expect(notices(page).getByText('Two-step sign-in is on')).toBeVisible()
  const codes = page.getByRole('dialog', { name: 'Store your recovery codes' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  await codes.getByRole('checkbox', { name: 'I have stored them' }).click()
  await codes.getByRole('button', { name: 'Done' }).click()
  await expect(codes).toBeHidden()

  await page.getByRole('tab', { name: 'Security' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const proof = page.getByRole('dialog', { name: 'Remove the authenticator app' })
  await proof.getByRole('textbox', { name: 'Password' }).fill('not this one')
  await proof.getByRole('button', { name: 'Remove authenticator app' }).click()
  await expect(proof.getByRole('alert')).toBeVisible()
  await proof.getByRole('radio', { name: 'Code of the app' }).click()
  await expect(proof.getByRole('alert')).toBeHidden()
  await proof.getByRole('radio', { name: 'Password' }).click()
  await proof.getByRole('textbox', { name: 'Password' }).fill(who.password)
  await proof.getByRole('button', { name: 'Remove authenticator app' }).click()
  await expect(notices(page).getByText('The authenticator app is removed')).toBeVisible()
})

test('an invitation that is accepted where somebody else is signed in leads to its own second step', async ({
  page,
}) => {
  const server = await startOwnedServer()
  try {
    const [name = '', value = ''] = (await signInByFetch(server.url)).split('=')
    const owner = createCall({ base: server.url, fetch, headers: { cookie: `${name}=${value}` } })
    const { secret } = await owner(startTotp, { body: {} })
    await owner(confirmTotp, { body: { code: codeOf(secret) } })
    await owner(putSignInPolicy, { body: { requiresSecondStep: true } })
    const { link } = await owner(createInvitation, {
      body: { email: 'ada@example.com', role: 'member', scopes: { 'instance:workspace': 'r' }, workspaces: 'all' },
    })

    await page.context().addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Strict' }])
    await page.goto(link.replace(/^https?:\/\/[^/]+/, server.url))
    await expect(page.getByText('You are signed in as owner@example.com')).toBeVisible()
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('three green bicycles')
    await page.getByRole('button', { name: 'Create the account and sign in' }).click()
    const step = page.getByRole('heading', { level: 1, name: 'Set up a second step' })
    await expect(step).toBeVisible()
    await page.reload()
    await expect(step).toBeVisible()
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
    await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(await page.locator('code').first().innerText()))
    await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
    await page.getByRole('checkbox', { name: 'I have stored them' }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByRole('button', { name: 'Account: Ada' })).toBeVisible()
    await expect(owner(startTotp, { body: {} })).rejects.toMatchObject({ status: 401 })
  } finally {
    await server.stop()
  }
})

test('the first dialog over the sheet of a member lies above it, for eyes and ears', async ({
  signedIn: page,
  server,
}) => {
  const name = unique('Shown')
  const { email } = await addPerson(await callAs(server.url), server.url, name, { role: 'admin' })
  await page.goto(`/members?q=${encodeURIComponent(email)}`)
  await page.getByRole('button', { name, exact: true }).click()
  const sheet = page.getByRole('dialog', { name })
  await sheet.getByRole('button', { name: 'Remove member' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Remove ${name}` })
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(sheet.getByRole('button', { name: 'Remove member' })).toBeFocused()
})

test('a new link of an invitation is shown before another is made, and told of where its page was left', async ({
  signedIn: page,
  server,
}) => {
  const owner = await callAs(server.url)
  const emails = ['first', 'other'].map((word) => `${unique(word).replaceAll(' ', '-')}@example.com`)
  const [first = '', other = ''] = emails
  for (const email of emails) await owner(createInvitation, { body: { email, role: 'admin' } })
  await page.goto('/members/invitations')
  const choose = async (email: string) => {
    await page.getByRole('button', { name: `Actions for ${email}` }).click()
    return page.getByRole('menuitem', { name: 'Make a new link' })
  }
  const held = await holdBack(page, '**/resend', 'POST')
  await (await choose(first)).click()
  await held.arrived
  await expect(await choose(other)).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  held.letThrough()
  const link = page.getByRole('dialog', { name: `Invitation link for ${first}` })
  await link.getByRole('checkbox', { name: 'I have passed it on' }).click()
  await link.getByRole('button', { name: 'Done' }).click()
  await page.unrouteAll()

  const later = await holdBack(page, '**/resend', 'POST')
  await (await choose(other)).click()
  await later.arrived
  await page.getByRole('link', { name: 'Tokens', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  later.letThrough()
  await expect(notices(page).getByText(`${other} is invited, and the link was not shown`)).toBeVisible()
})
