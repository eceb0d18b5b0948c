import { expect, test } from './fixtures.ts'
import { type Server, startServer } from './server.ts'

let server: Server

test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.stop())

test('a new user gets from the printed link to the sample workspace', async ({ page }) => {
  await page.goto(server.setupLink ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The link's secret leaves the address bar at once.
  await expect.poll(() => new URL(page.url()).hash).toBe('')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Olive Owner')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('olive@example.com')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: /create|set up/i }).click()
  await expect(page.getByText(/at least 10 characters/i).first()).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: /create|set up/i }).click()

  await page.getByRole('button', { name: 'Load the sample workspace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sample shop' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('navigation').getByRole('link', { name: 'Tables', exact: true }).click()
  await expect(page.getByRole('link', { name: 'order_items' })).toBeVisible()
})

test('the link works once, and without it nobody becomes the owner', async ({ page }) => {
  await page.goto(server.setupLink ?? '')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const reply = await fetch(`${server.url}/api:console/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link: 'guess', name: 'Eve', email: 'eve@example.com', password: 'correct horse battery' }),
  })
  expect([403, 409]).toContain(reply.status)
})
