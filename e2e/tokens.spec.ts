import type { Page } from '@playwright/test'

import { type Call, createCall } from '#api/client/call.ts'
import { createSchedule, deleteSchedule, getSchedule, listSchedules } from '#api/contract/schedules.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { createToken, type CreatedToken, getToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'
import { expectLooks, PHONE } from './looks.ts'

const READER: Scopes = { 'instance:workspace': 'r', 'workspace:database': 'r' }
const BACKUP: Scopes = { 'instance:workspace': 'cr' }
const DAY_SECONDS = 86_400

/** The typed client with the session of a page. */
async function sessionOf(page: Page, url: string): Promise<Call> {
  const cookies = await page.context().cookies(url)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return createCall({ base: url, fetch, headers: { cookie } })
}

const statusWith = async (url: string, secret: string): Promise<number> =>
  (await fetch(`${url}/api:meta/workspace`, { headers: { authorization: `Bearer ${secret}` } })).status

/** Reads the secret that is shown once, says that it is stored, and closes. */
async function keepSecret(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: `Token ${name}`, exact: true })
  await dialog.getByRole('button', { name: /show/i }).first().click()
  const secret = /mdk_[0-9A-Za-z]{42}/.exec((await dialog.textContent()) ?? '')?.[0] ?? ''
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return secret
}

/** Opens the menu of a token in the list. */
async function act(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function revokeByName(page: Page, name: string): Promise<void> {
  const confirm = page.getByRole('alertdialog', { name: `Revoke token ${name}` })
  await expect(confirm.getByRole('button', { name: 'Revoke token' })).toBeDisabled()
  await confirm.getByRole('textbox').fill(name)
  await confirm.getByRole('button', { name: 'Revoke token' }).click()
  await expect(confirm).toBeHidden()
}

test('a read-only token reads, is refused a write with 403 that names the scope, and dies with its revocation', async ({
  signedIn: page,
  server,
  api,
}) => {
  await api(createWorkspace, { body: { name: unique('Seen by a token') } })
  const name = unique('reader')
  await page.goto('/tokens/new')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await expect(page.getByText(/^It cannot write/)).toBeVisible()
  await page.getByRole('button', { name: 'Create token' }).click()

  const dialog = page.getByRole('dialog', { name: `Token ${name}`, exact: true })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  const secret = await keepSecret(page, name)
  expect(secret).toMatch(/^mdk_/)
  expect(await page.content()).not.toContain(secret)

  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  expect(await statusWith(server.url, secret)).toBe(200)
  const write = await fetch(`${server.url}/api:meta/workspace`, { method: 'POST', headers, body: '{"name":"x"}' })
  expect(write.status).toBe(403)
  expect(await write.json()).toMatchObject({
    code: 'ERROR_CODE_ACCESS_DENIED',
    payload: { scope: 'instance:workspace:create' },
  })

  await page.goto('/tokens')
  await act(page, name, 'Revoke')
  await revokeByName(page, name)
  expect(await statusWith(server.url, secret)).toBe(401)
})

/** A token that ends in five days, and a schedule that runs with it. */
async function dyingToken(session: Call, api: Call, url: string) {
  const name = unique('nightly')
  const scheduleName = unique('Nightly backup')
  const { id: workspaceId } = await api(createWorkspace, { body: { name: unique('Kept by a token') } })
  const token: CreatedToken = await session(createToken, {
    body: { name, scopes: BACKUP, workspaces: 'all', expiresInSeconds: 5 * DAY_SECONDS },
  })
  const own = createCall({ base: url, fetch, headers: { authorization: `Bearer ${token.token}` } })
  const schedule = await own(createSchedule, {
    body: { name: scheduleName, workspaceId, timing: { kind: 'daily', time: '02:00' } },
  })
  return { name, token, schedule, workspaceId }
}

test('a token that dies this week is named with what it takes along, and is rotated with an overlap', async ({
  signedIn: page,
  server,
  api,
}) => {
  const session = await sessionOf(page, server.url)
  // Those of other tests run with a token that ends sooner, and would be named first.
  for (const { id } of (await session(listSchedules)).items) await session(deleteSchedule, { params: { id } })
  const { name, token, schedule, workspaceId } = await dyingToken(session, api, server.url)

  await test.step('the warning stands over every page and leads to the list', async () => {
    await page.goto(`/w/${workspaceId}`)
    await expect(page.getByText(`${schedule.name} stops with it.`)).toBeVisible()
    await page.goto('/tokens')
    await expect(page.getByText(`${schedule.name} stops with it.`)).toBeVisible()
    await page.getByRole('link', { name: new RegExp(`this week.* (takes?|with) .*${schedule.name}`) }).click()
    await expect(page).toHaveURL(/show=ending/)
    await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText(schedule.name)
    await expectAccessible(page)
  })

  await page.getByRole('button', { name: `Rotate ${name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Rotate token ${name}` })
  await expect(dialog.getByText('These go on with the new token by themselves:')).toBeVisible()
  await dialog.getByRole('radio', { name: '1 h' }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Rotate token' }).click()
  const secret = await keepSecret(page, name)
  expect([await statusWith(server.url, token.token), await statusWith(server.url, secret)]).toEqual([200, 200])
  const moved = await session(getSchedule, { params: { id: schedule.id } })
  expect(moved.token?.id).not.toBe(token.id)

  await test.step('both stand side by side, with the last use of the old one', async () => {
    await page.goto(`/tokens/${token.id}`)
    await expect(page.getByRole('region', { name: 'Old token', exact: true })).toContainText(/Rotating[\s\S]*Last used/)
    await expect(page.getByRole('region', { name: 'New token', exact: true })).toContainText('Active')
    await page.getByRole('button', { name: 'Revoke the old one' }).click()
    await revokeByName(page, name)
    await expect(page.getByText('The old token is over; only the new one works.')).toBeVisible()
  })
  expect([await statusWith(server.url, token.token), await statusWith(server.url, secret)]).toEqual([401, 200])
})

test('the list says in words which token is dangerous, and shows those alone, the worst first', async ({
  signedIn: page,
  server,
}) => {
  const session = await sessionOf(page, server.url)
  const name = unique('told')
  const make = (what: string, scopes: Scopes) =>
    session(createToken, { body: { name: `${name} ${what}`, scopes, workspaces: 'all' } })
  await make('reader', { 'workspace:content': 'r' })
  await make('exporter', { 'instance:workspace': 'r' })
  await make('changer', { 'workspace:content': 'u' })

  await page.goto(`/tokens?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('row', { name: /exporter/ })).toContainText('Exports everything')
  await expect(page.getByRole('row', { name: /reader/ })).toContainText('Reads rows')
  await page.getByRole('radio', { name: /^Dangerous/ }).click()
  await expect(page.getByRole('row', { name: /reader/ })).toHaveCount(0)
  const rows = page.getByRole('table', { name: 'Tokens' }).getByRole('row')
  await expect(rows).toHaveText([/Can do/, /exporter/, /changer.*Rewrites rows/])
  await expectAccessible(page)
})

test('disabling is called back from its notice; a smaller token is made of what was used', async ({
  signedIn: page,
  server,
  api,
}) => {
  const session = await sessionOf(page, server.url)
  const { id: workspaceId } = await api(createWorkspace, { body: { name: unique('Read by a token') } })
  const name = unique('wide')
  const token = await session(createToken, {
    body: { name, scopes: READER, workspaces: 'all', expiresInSeconds: 60 * DAY_SECONDS },
  })
  const headers = { authorization: `Bearer ${token.token}` }
  const tables = await fetch(`${server.url}/api:meta/workspace/${workspaceId}/table`, { headers })
  expect(tables.status).toBe(200)

  await page.goto(`/tokens?q=${encodeURIComponent(name)}`)
  await act(page, name, 'Disable')
  await expect(page.getByText(`Token ${name} is disabled`)).toBeVisible()
  expect(await statusWith(server.url, token.token)).toBe(401)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(`Token ${name} is enabled`)).toBeVisible()
  expect(await statusWith(server.url, token.token)).toBe(200)

  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('img', { name: /^\d+ calls? in 30 days, \d+ failed/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Calls by operation' })).toContainText(
    'GET /api:meta/workspace/{workspace_id}/table',
  )
  await page.getByRole('button', { name: 'Make the smaller token' }).click()
  const dialog = page.getByRole('dialog', { name: `Replace token ${name} by a smaller one` })
  await dialog.getByRole('radio', { name: 'Not at all' }).click()
  await dialog.getByRole('button', { name: 'Make the smaller token' }).click()
  const secret = await keepSecret(page, name)
  expect([await statusWith(server.url, token.token), await statusWith(server.url, secret)]).toEqual([401, 200])
  await expect(page).not.toHaveURL(new RegExp(`/tokens/${token.id}$`))
  const id = Number(new URL(page.url()).pathname.split('/').at(-1))
  expect((await session(getToken, { params: { id } })).scopes).toEqual({ 'workspace:database': 'r' })
})

test('a policy shows which tokens it blocks before it is saved, and lets them in again when it is undone', async ({
  signedIn: page,
  server,
}) => {
  const session = await sessionOf(page, server.url)
  const name = unique('forever')
  const neverReason = 'The device in the field cannot be reached'
  const token = await session(createToken, {
    body: { name, scopes: READER, workspaces: 'all', expiresInSeconds: null, neverReason },
  })
  await page.goto('/tokens')
  await page.getByRole('button', { name: 'Actions for all tokens' }).click()
  await page.getByRole('menuitem', { name: 'Token policy' }).click()
  await page.getByRole('checkbox', { name: 'Allow tokens that never expire' }).click()
  await expect(page.getByRole('table', { name: 'Tokens that break it' })).toContainText(name)
  await expectAccessible(page)
  expect(await statusWith(server.url, token.token)).toBe(200)

  await page.getByRole('button', { name: /^Save and block \d+ tokens?$/ }).click()
  await expect(page.getByText('The token policy is saved')).toBeVisible()
  expect(await statusWith(server.url, token.token)).toBe(401)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('checkbox', { name: 'Allow tokens that never expire' })).toBeChecked()
  await expect.poll(() => statusWith(server.url, token.token)).toBe(200)
})

test('the screens of tokens are accessible and fit a phone', async ({ signedIn: page, server }) => {
  const session = await sessionOf(page, server.url)
  const name = `${unique('long')} ${'name '.repeat(30)}end`
  const { id } = await session(createToken, { body: { name, scopes: READER, workspaces: 'all' } })
  for (const path of ['/tokens', `/tokens/${id}`, '/tokens/policy']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText(/^Loading|^Looking for/)).toHaveCount(0)
    await expectLooks(page, PHONE)
  }
})
