import { expect, test, unique } from './fixtures.ts'
import { OWNER } from './server.ts'

test('after signing in and making a token, the browser keeps neither: not in storage, addresses, history or the page', async ({
  page,
  context,
  server,
}) => {
  const addresses: string[] = []
  const said: string[] = []
  page.on('request', (request) => addresses.push(`${request.url()} ${request.headers()['referer'] ?? ''}`))
  page.on('console', (message) => said.push(message.text()))

  await page.goto('/sign-in?next=/tokens/new')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('textbox', { name: 'Name' }).first().fill(unique('kept nowhere'))
  const made = page.waitForResponse((reply) => reply.request().method() === 'POST' && reply.status() === 201)
  await page.getByRole('button', { name: 'Create token' }).click()
  const { token } = (await (await made).json()) as { token: string }
  expect(token).toMatch(/^mdk_/)
  await page.getByRole('dialog').getByRole('checkbox').first().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /done|close/i })
    .last()
    .click()
  await page.goto('/tokens')
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()

  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const caches = await window.caches.keys()
    const stored = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, window.name]
    return JSON.stringify([stored, databases, caches, history.state, location.href])
  })
  const session = (await context.cookies(server.url)).find(({ name }) => name === 'metadeck_session')?.value ?? ''
  expect(session.length).toBeGreaterThan(30)
  const places = { kept, page: await page.content(), addresses: addresses.join('\n'), said: said.join('\n') }
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [token, OWNER.password, encodeURIComponent(OWNER.password), session]) {
      expect(text.includes(secret), `${place} holds a secret`).toBe(false)
    }
  }
})
