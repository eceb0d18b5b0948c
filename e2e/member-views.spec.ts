import type { Browser, Page } from '@playwright/test'

import { listMembers, updateMember } from '#api/contract/members.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, giveSession, test, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { addPerson, callAs } from './people.ts'

/** What somebody may read who was invited to look at one workspace. */
const READER: Scopes = { 'workspace:database': 'r', 'workspace:content': 'r' }

/** The page of a new member, signed in. */
async function memberPage(browser: Browser, url: string, grant: { scopes: Scopes; workspaces: number[] }) {
  const who = await addPerson(await callAs(url), url, unique('Reader'), { role: 'member', ...grant })
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await giveSession(page, url, who)
  return { page, email: who.email, close: () => context.close() }
}

/** The answers of 403 from now on. */
function refusals(page: Page): string[] {
  const found: string[] = []
  page.on('response', (response) => {
    if (response.status() === 403) found.push(`${response.request().method()} ${response.url()}`)
  })
  return found
}

test('a member who may only read one workspace finds nothing that answers 403', async ({ browser, server, api }) => {
  const shop = await api(createWorkspace, { body: { name: unique('Shop to read') } })
  const table = await api(createTable, { params: { workspace_id: shop.id }, body: { name: 'orders' } })
  const { page, close } = await memberPage(browser, server.url, { scopes: READER, workspaces: [shop.id] })
  const refused = refusals(page)
  const main = page.getByRole('navigation', { name: 'Main' })

  await test.step('the navigation has what they may see, and every page of it opens without a refusal', async () => {
    await page.goto(`/w/${shop.id}`)
    await expect(page.getByRole('heading', { level: 1, name: shop.name })).toBeVisible()
    const entries = await main.getByRole('link').allTextContents()
    expect(entries).toEqual(['Overview', 'Tables', 'Instances', 'Workspaces', 'Tokens', 'Audit'])
    for (const entry of entries) {
      const link = main.getByRole('link', { name: entry, exact: true })
      await link.click()
      await expect(link).toHaveAttribute('aria-current', 'page')
      await page.waitForLoadState('networkidle')
    }
    expect(refused).toEqual([])
  })

  await test.step('nothing is offered that would end refused', async () => {
    const offered = /^(New table|Create|Take|Upload|Restore|Load the sample|Add|Delete|Actions for)/
    for (const path of ['', '/tables', `/tables/${table.id}`, `/tables/${table.id}/schema`]) {
      await page.goto(`/w/${shop.id}${path}`)
      await page.waitForLoadState('networkidle')
      const names = await page
        .locator('main')
        .getByRole('button')
        .or(page.locator('main').getByRole('link'))
        .allInnerTexts()
      expect(names.filter((name) => offered.test(name) && name !== 'Create a token')).toEqual([])
    }
    expect(refused).toEqual([])
  })

  await test.step('an address of what they may not says once what is missing, and asks nothing', async () => {
    const missing: Record<string, string> = {
      [`/w/${shop.id}/tables/new`]: 'Workspace Database: Create',
      [`/w/${shop.id}/tables/${table.id}`]: 'Workspace Live Data Source: Read',
      [`/w/${shop.id}/api-groups`]: 'Workspace Api: Read',
      [`/w/${shop.id}/backups`]: 'Instance Workspace: Read',
      [`/w/${shop.id}/schedules/new`]: 'Instance Workspace: Read',
      '/protection': 'Instance Workspace: Read',
      '/restore': 'Instance Workspace: Read',
    }
    for (const [path, scope] of Object.entries(missing)) {
      await page.goto(path)
      await expect(page.getByText(`You need ${scope}.`)).toHaveCount(1)
      await expect(page.getByText('An owner or an admin can give it to you.')).toHaveCount(1)
      await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
    }
    expect(refused).toEqual([])
  })

  await test.step('it is accessible and fits', async () => {
    for (const path of [`/w/${shop.id}`, `/w/${shop.id}/backups`]) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      await expectLooks(page)
    }
  })
  await close()
})

test('rights that an admin changes count at once in an open console', async ({ browser, server, api }) => {
  const shop = await api(createWorkspace, { body: { name: unique('Shop with rights') } })
  const { page, email, close } = await memberPage(browser, server.url, { scopes: READER, workspaces: [shop.id] })
  const refused = refusals(page)
  await page.goto(`/w/${shop.id}/backups`)
  await expect(page.getByText('You need Instance Workspace: Read.')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const owner = await callAs(server.url)
  const { items } = await owner(listMembers, { query: { search: email } })
  const id = items.find((member) => member.email === email)?.id ?? 0
  await owner(updateMember, { params: { id }, body: { scopes: { ...READER, 'instance:workspace': 'r' } } })
  await expect(page.getByRole('button', { name: 'Take a backup' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Upload an archive' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Backups' })).toBeVisible()

  await owner(updateMember, { params: { id }, body: { scopes: READER } })
  await expect(page.getByText('You need Instance Workspace: Read.')).toBeVisible()
  expect(refused).toEqual([])
  await close()
})
