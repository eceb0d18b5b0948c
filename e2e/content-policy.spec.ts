import type { BrowserContext } from '@playwright/test'

import { createSample } from '#api/contract/sample.ts'

import { expect, test } from './fixtures.ts'
import { OWNER } from './server.ts'

const PATHS = ['/instances', '/workspaces', '/tokens', '/tokens/new', '/restore', '/protection', '/nothing-here']
const WORKSPACE_PATHS = ['', '/tables', '/tables/new', '/tables/6', '/tables/6/schema', '/api-groups', '/backups']

/** What the pages of the context try and the content policy forbids, as `directive address`. */
async function watchViolations(context: BrowserContext): Promise<string[]> {
  const found: string[] = []
  await context.exposeFunction('reportViolation', (text: string) => found.push(text))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber } = event
      const reporter = window as unknown as { reportViolation(text: string): Promise<void> }
      void reporter.reportViolation(
        `${location.pathname}: ${violatedDirective} ${blockedURI} (${sourceFile}:${lineNumber})`,
      )
    })
  })
  return found
}

test('the watch sees what is forbidden: an inline script, an inline style, a script of another host, a frame', async ({
  page,
  context,
  server,
}) => {
  const found = await watchViolations(context)
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

test('signing in and every screen keep to the content policy', async ({ page, context, server }) => {
  test.setTimeout(120_000)
  const found = await watchViolations(context)
  await page.goto('/tokens/new')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const sample = await page.request.post(`${server.url}${createSample.path}`)
  const { workspaceId } = (await sample.json()) as { workspaceId: number }
  for (const path of [...PATHS, ...WORKSPACE_PATHS.map((rest) => `/w/${workspaceId}${rest}`)]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // What opens over the page: a menu, a list to choose from.
    const opener = page.locator('main [aria-haspopup]:enabled:visible').first()
    if ((await opener.count()) > 0) {
      await opener.click()
      await page.keyboard.press('Escape')
    }
  }
  expect(found).toEqual([])
})

test('the reference keeps to the content policy while a call is tried', async ({ signedIn: page, context }) => {
  const found = await watchViolations(context)
  await page.goto('/api:meta')
  await page.getByRole('link', { name: 'auth', exact: true }).click()
  await page.getByRole('button', { name: 'GET /auth/me Who is calling.' }).click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.getByText('"email":').first()).toBeVisible()
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  await expect(page.getByText('Available authorizations')).toBeVisible()
  expect(found).toEqual([])
})
