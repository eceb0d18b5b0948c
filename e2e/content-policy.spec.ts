import { expect, test } from './fixtures.ts'
import { watchViolations } from './violations.ts'

test('the watch sees what is forbidden: an inline script, an inline style, a script of another host, a frame', async ({
  page,
  server,
}) => {
  const found = await watchViolations(page)
  await page.goto('/sign-in')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.hacked = true'
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    const foreign = document.createElement('script')
    foreign.src = 'https://evil.example/x.js'
    document.head.append(script, style, foreign)
    document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hacked = true">')
  })
  await expect
    .poll(() => found.map((text) => text.split(' ')[1]))
    .toEqual(expect.arrayContaining(['script-src-elem', 'style-src-elem', 'script-src-attr']))
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)

  // Another site that frames the console to have its buttons clicked.
  await page.route('http://framer.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${server.url}/sign-in"></iframe>` }),
  )
  await page.goto('http://framer.example/')
  await expect.poll(() => page.frames().length).toBe(2)
  await expect(page.frameLocator('iframe').getByRole('textbox')).toHaveCount(0)
})

test('the reference keeps to the content policy while a call is tried', async ({ signedIn: page }) => {
  const found = await watchViolations(page)
  await page.goto('/api:meta')
  await page.getByRole('link', { name: 'auth', exact: true }).click()
  await page.getByRole('button', { name: 'GET /auth/me Who is calling.' }).click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.getByText('"email":').first()).toBeVisible()
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  await expect(page.getByText('Available authorizations')).toBeVisible()
  expect(found).toEqual([])
})
