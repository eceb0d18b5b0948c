import type { Locator, Page } from '@playwright/test'

import type { Call } from '#api/client/call.ts'
import { listInvitations, listMembers } from '#api/contract/members.ts'
import { createOidcProvider, deleteOidcProvider, listOidcProviders } from '#api/contract/oidc.ts'

import { expect, test, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { ageSignIns } from './old-sign-in.ts'
import { addPerson, callAs } from './people.ts'
import { OWNER } from './server.ts'

/** Opens the menu of a row and chooses from it. */
async function act(page: Page, row: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${row}` }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** The question who is there, once the field that answers it has the focus. */
async function asked(page: Page): Promise<{ dialog: Locator; password: Locator }> {
  const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
  const password = dialog.getByRole('textbox', { name: 'Password' })
  await expect(password).toBeFocused()
  return { dialog, password }
}

/** A wrong password is told inside the question, which stays; then Cancel. */
async function failAndCancel(page: Page): Promise<void> {
  const { dialog } = await asked(page)
  await expect(dialog.getByRole('alert')).toBeHidden()
  await page.keyboard.type('not this one')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('not right')
  await expectLooks(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
}

async function prove(page: Page): Promise<void> {
  const { dialog, password } = await asked(page)
  await password.fill(OWNER.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

test('who signed in some time ago shows who they are before making an admin, and what was typed stays', async ({
  signedIn: page,
  server,
}) => {
  const email = `${unique('admin').replaceAll(' ', '-')}@example.com`
  const owner = await callAs(server.url)
  const invited = async () => (await owner(listInvitations)).items.map((invitation) => invitation.email)
  await page.goto('/members/invitations')
  await ageSignIns(server)
  await page.getByRole('button', { name: 'Invite a member' }).first().click()
  const form = page.getByRole('dialog', { name: 'Invite a member' })
  await form.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await form.getByRole('radio', { name: /^Admin/ }).click()
  await form.getByRole('button', { name: 'Make invitation link' }).click()
  await expect(page.getByRole('dialog', { name: 'Show that it is you' }).getByText(email)).toBeVisible()
  await failAndCancel(page)
  await expect(form.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email)
  await expect(form.getByRole('radio', { name: /^Admin/ })).toBeChecked()
  await expect(form.getByRole('alert')).toBeHidden()
  expect(await invited()).not.toContain(email)
  await form.getByRole('button', { name: 'Make invitation link' }).click()
  // Escape is the same as Cancel.
  await asked(page)
  await page.keyboard.press('Escape')
  await expect(form.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email)
  await form.getByRole('button', { name: 'Make invitation link' }).click()
  await prove(page)
  await expect(page.getByRole('dialog', { name: `Invitation link for ${email}` })).toBeVisible()
  expect(await invited()).toContain(email)
})

async function roleOf(owner: Call, email: string): Promise<string | undefined> {
  return (await owner(listMembers, { query: { search: email } })).items.find((one) => one.email === email)?.role
}

test('nor is a member made an admin before that, and the role that was chosen stays chosen', async ({
  signedIn: page,
  server,
}) => {
  const owner = await callAs(server.url)
  const name = unique('Rising')
  const { email } = await addPerson(owner, server.url, name, {
    role: 'member',
    scopes: { 'workspace:content': 'r' },
    workspaces: 'all',
  })
  await page.goto(`/members?q=${encodeURIComponent(email)}`)
  await ageSignIns(server)
  await act(page, name, 'Change access')
  const form = page.getByRole('dialog', { name: `What ${name} may do` })
  await form.getByRole('radio', { name: /^Admin/ }).click()
  await form.getByRole('button', { name: 'Change access' }).click()
  await failAndCancel(page)
  await expect(form.getByRole('radio', { name: /^Admin/ })).toBeChecked()
  await expect(form.getByRole('alert')).toBeHidden()
  expect(await roleOf(owner, email)).toBe('member')
  await form.getByRole('button', { name: 'Change access' }).click()
  await prove(page)
  await expect(page.getByText(`What ${name} may do is changed`)).toBeVisible()
  expect(await roleOf(owner, email)).toBe('admin')
})

test('nor is a provider changed or turned off, and what was typed of it stays', async ({ signedIn: page, server }) => {
  const owner = await callAs(server.url)
  const name = unique('Company login')
  const { id } = await owner(createOidcProvider, {
    body: {
      name,
      issuer: 'http://127.0.0.1:9',
      clientId: 'metadeck',
      clientSecret: 'a secret of the client',
      allowedDomains: ['example.com'],
    },
  })
  const stored = async () => (await owner(listOidcProviders)).items.find((one) => one.id === id)
  await page.goto('/members/sign-in')
  await ageSignIns(server)
  await act(page, name, 'Change')
  const form = page.getByRole('dialog', { name: `Change ${name}` })
  await form.getByRole('textbox', { name: 'Client id' }).fill('metadeck-next')
  // Another client id is another client, whose secret is asked for.
  await form.getByRole('textbox', { name: /^Client secret/ }).fill('the next secret')
  await form.getByRole('textbox', { name: 'E-mail domains' }).fill('@example.com, @example.org')
  await form.getByRole('button', { name: 'Save provider' }).click()
  await failAndCancel(page)
  await expect(form.getByRole('textbox', { name: 'Client id' })).toHaveValue('metadeck-next')
  await expect(form.getByRole('textbox', { name: /^Client secret/ })).toHaveValue('the next secret')
  await expect(form.getByRole('textbox', { name: 'E-mail domains' })).toHaveValue('@example.com, @example.org')
  expect(await stored()).toMatchObject({ clientId: 'metadeck', allowedDomains: ['example.com'] })
  await form.getByRole('button', { name: 'Save provider' }).click()
  await prove(page)
  await expect(page.getByText(`${name} is changed`)).toBeVisible()
  expect(await stored()).toMatchObject({ clientId: 'metadeck-next', allowedDomains: ['example.com', 'example.org'] })

  await act(page, name, 'Turn off')
  await failAndCancel(page)
  expect(await stored()).toMatchObject({ active: true })
  await act(page, name, 'Turn off')
  await prove(page)
  await expect(page.getByText(`${name} is turned off`)).toBeVisible()
  expect(await stored()).toMatchObject({ active: false })
  // Other tests of this server begin without one.
  await (
    await callAs(server.url)
  )(deleteOidcProvider, { params: { id } })
})
