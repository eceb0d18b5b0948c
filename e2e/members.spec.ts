import type { Page } from '@playwright/test'

import { listMembers } from '#api/contract/members.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'

const PASSWORD = 'three green bicycles'

/** Opens the menu of a row and chooses from it. */
async function act(page: Page, row: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${row}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('an invited person gets what was granted and is refused the rest in words; the audit log tells of it', async ({
  signedIn: page,
  api,
  browser,
  server,
}) => {
  const shop = await api(createWorkspace, { body: { name: unique('Shop of the invited') } })
  const email = `${unique('guest').replaceAll(' ', '-')}@example.com`
  await page.goto('/members')
  await page.getByRole('link', { name: 'Invite a member' }).click()
  const form = page.getByRole('dialog', { name: 'Invite a member' })

  const link = await test.step('a link is made, shown once, and kept before its dialog closes', async () => {
    await form.getByRole('textbox', { name: 'E-mail' }).fill(email)
    // Enter in the first field makes nothing: what the guest may do is chosen.
    await page.keyboard.press('Enter')
    await expect(form.getByText('Choose a workspace', { exact: true })).toBeVisible()
    await form.getByRole('combobox', { name: 'Chosen workspaces' }).click()
    await page.getByRole('option', { name: shop.name }).click()
    await page.keyboard.press('Escape')
    await form.getByRole('checkbox', { name: 'Workspace Content: read', exact: true }).click()
    await expect(form.getByText(/They cannot read rows of the data source live/)).toBeVisible()
    await form.getByRole('radio', { name: 'Nothing' }).click()
    await form.getByRole('checkbox', { name: 'Workspace Database: read', exact: true }).click()
    await expect(form.getByText(/this member can read tables/)).toBeVisible()
    await expectAccessible(page)
    await form.getByRole('button', { name: 'Make invitation link' }).click()
    const dialog = page.getByRole('dialog', { name: `Invitation link for ${email}` })
    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('button', { name: 'Copy invitation link' })).toBeFocused()
    await dialog.getByRole('button', { name: 'Show invitation link' }).click()
    const text = (await dialog.getByText(/\/invitation#[\w-]+$/).textContent()) ?? ''
    await expectAccessible(page)
    await dialog.getByRole('checkbox', { name: 'I have passed it on' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('row', { name: new RegExp(email) })).toBeVisible()
    expect(await page.content()).not.toContain(new URL(text).hash.slice(1))
    return text
  })

  const context = await browser.newContext()
  const guest = await context.newPage()
  await test.step('the guest accepts in another browser, sees one workspace and no members', async () => {
    await guest.goto(link)
    await guest.getByRole('textbox', { name: 'Your name' }).fill('Gwen Guest')
    await guest.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await guest.getByRole('button', { name: /Create the account/ }).click()
    await expect(guest.getByRole('navigation').getByRole('link', { name: 'Audit' })).toBeVisible()
    await expect(guest.getByRole('navigation').getByRole('link', { name: 'Members' })).toBeHidden()
    await guest.goto('/members')
    await expect(guest.getByText(/Owners and admins manage who has an account/)).toBeVisible()
    const write = await guest.request.post(`${server.url}/api:meta/workspace`, { data: { name: 'Not mine' } })
    expect(write.status()).toBe(403)
    expect(await write.json()).toMatchObject({ payload: { scope: 'instance:workspace:create' } })
    const seen = await guest.request.get(`${server.url}/api:meta/workspace`)
    expect([seen.status(), await seen.json()]).toMatchObject([200, [{ id: shop.id }]])
    const list = await guest.request.get(`${server.url}${listMembers.path}`)
    expect(list.status()).toBe(403)
  })

  await test.step('the audit log tells who let whom in, and what was refused', async () => {
    await page.goto(`/audit?who=${encodeURIComponent(email)}&outcome=refused`)
    await page.getByRole('button', { name: 'Create a workspace' }).click()
    const sheet = page.getByRole('dialog', { name: 'Refused: create a workspace' })
    await expect(sheet.getByText('It lacks the scope Instance Workspace: Create.')).toBeVisible()
    await sheet.getByRole('link', { name: 'all of their records' }).click()
    await expect(page.getByRole('button', { name: `Accepted the invitation of ${email}` })).toBeVisible()
  })

  await test.step('a disabled member is out at once, and back with one press', async () => {
    await page.goto('/members')
    await act(page, 'Gwen Guest', 'Disable')
    await expect(page.getByText('Gwen Guest is disabled')).toBeVisible()
    expect((await guest.request.get(`${server.url}/api:meta/workspace`)).status()).toBe(401)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('row', { name: /Gwen Guest/ }).getByText('Active')).toBeVisible()
  })

  await test.step('removing asks for the address', async () => {
    await act(page, 'Gwen Guest', 'Remove member')
    const dialog = page.getByRole('alertdialog')
    await expect(dialog.getByRole('button', { name: 'Remove member' })).toBeDisabled()
    await dialog.getByRole('textbox').fill(email)
    await dialog.getByRole('button', { name: 'Remove member' }).click()
    await expect(page.getByRole('row', { name: /Gwen Guest/ })).toBeHidden()
  })
  await context.close()
})

test('owners set how people sign in; a provider that cannot be read is said to', async ({ signedIn: page }) => {
  await page.goto('/members/sign-in')
  await page.getByRole('textbox', { name: 'Ends without a request for' }).fill('9')
  await expect(page.getByText('A session cannot be idle for longer than it lasts')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save lifetimes' })).toBeDisabled()

  // Whoever has none would lock themselves out: it is said instead.
  await expect(page.getByText('You have none yourself yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Require it' })).toBeDisabled()

  const name = unique('Example login')
  const add = page.getByRole('button', { name: 'Add a provider' })
  await add.click()
  await page.keyboard.press('Escape')
  await expect(add).toBeFocused()
  await add.click()
  const form = page.getByRole('dialog', { name: 'Add a sign-in provider' })
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9')
  await form.getByRole('textbox', { name: 'Client id' }).fill('metadeck')
  await form.getByRole('textbox', { name: 'Client secret' }).fill('a secret of the client')
  await form.getByRole('textbox', { name: 'E-mail domains' }).fill('@example.com')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Add provider' }).click()
  const made = page.getByRole('dialog', { name: `${name} is added` })
  await expect(made.getByText(/\/api:console\/oidc\/\d+\/callback/)).toBeVisible()
  await made.getByRole('button', { name: 'Test discovery' }).click()
  await expect(made.getByText('It does not work yet')).toBeVisible()
  await made.getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain('a secret of the client')

  await act(page, name, 'Turn off')
  await expect(page.getByText(`${name} is turned off`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('row', { name: new RegExp(name) }).getByText('On', { exact: true })).toBeVisible()
  await act(page, name, 'Remove provider')
  const remove = page.getByRole('alertdialog')
  await remove.getByRole('textbox').fill(name)
  await remove.getByRole('button', { name: 'Remove provider' }).click()
  await expect(page.getByText('No provider yet')).toBeVisible()
})

test('members in both themes and on a narrow screen', async ({ signedIn: page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/members')
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  for (const tab of ['Members', 'Invitations', 'Sign-in']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel', { name: tab }).getByRole('button').first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
  await expectAccessible(page)
})
