import { expect, expectAccessible, test } from './fixtures.ts'
import { OWNER } from './server.ts'

test('a deep link survives sign-in, and signing out ends the session', async ({ page, context, server }) => {
  await page.goto('/tokens')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('E-mail address or password is wrong')
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()

  const cookie = (await context.cookies(server.url)).find((one) => one.name === 'metadeck_session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  expect(stored).not.toContain(cookie?.value ?? 'no cookie')

  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto('/tokens')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a link to another site is not followed after sign-in', async ({ page }) => {
  await page.goto('/sign-in?next=/x/..//evil.example/')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/sign in/i)
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
})

test('what a provider did not like is told in words, never in those of the address, and the way back is kept', async ({
  page,
}) => {
  await page.goto('/sign-in?error=no_access&next=%2Ftokens')
  await expect(page.getByText('You have no access to this Metadeck')).toBeVisible()
  await expectAccessible(page)
  await page.goto('/sign-in?error=Call%20555-0100&next=%2Ftokens')
  await expect(page.getByText('Could not sign in by the provider')).toBeVisible()
  expect(await page.locator('main').innerText()).not.toContain('555-0100')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
})
