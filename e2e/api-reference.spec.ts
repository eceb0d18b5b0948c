import { expect, expectAccessible, test } from './fixtures.ts'

test('the API reference opens from the account menu and tries a call, with nothing from another host', async ({
  signedIn: page,
  server,
}) => {
  const outside: string[] = []
  page.context().on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(server.url) && !url.startsWith('data:')) outside.push(url)
  })
  await page.goto('/workspaces')
  await page.getByRole('button', { name: /account/i }).click()
  const opened = page.waitForEvent('popup')
  await page.getByRole('menuitem', { name: 'API reference' }).click()
  const reference = await opened
  await expect(reference.getByRole('link', { name: 'auth', exact: true })).toBeVisible()
  await expectAccessible(reference)
  await reference.getByRole('link', { name: 'auth', exact: true }).click()
  await reference.getByRole('button', { name: 'GET /auth/me Who is calling.' }).click()
  await reference.getByRole('button', { name: 'Execute' }).click()
  await expect(reference.getByText('"email":').first()).toBeVisible()
  expect(outside).toEqual([])
})
