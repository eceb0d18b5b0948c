import { createSample } from '#api/contract/sample.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, test, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { OWNER } from './server.ts'
import { watchViolations } from './violations.ts'

const PATHS = [
  '/instances',
  '/workspaces',
  '/tokens',
  '/tokens/new',
  '/restore',
  '/protection',
  '/nothing-here',
  '/w/999999',
]
const WORKSPACE_PATHS = ['', '/tables', '/tables/new', '/tables/6', '/tables/6/schema', '/api-groups', '/backups']

test('signing in and every screen are clean for axe, never scroll sideways and keep to the content policy', async ({
  page,
  server,
}) => {
  test.setTimeout(300_000)
  const violations = await watchViolations(page)
  await page.goto('/tokens/new')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const sample = await page.request.post(`${server.url}${createSample.path}`)
  const { workspaceId } = (await sample.json()) as { workspaceId: number }
  for (const path of [...PATHS, ...WORKSPACE_PATHS.map((rest) => `/w/${workspaceId}${rest}`)]) {
    await test.step(path, async () => {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectLooks(page)
      // What opens over the page: a menu, a list to choose from.
      const opener = page.locator('main [aria-haspopup]:enabled:visible').first()
      if ((await opener.count()) > 0) {
        await opener.click()
        await page.keyboard.press('Escape')
      }
    })
  }
  expect(violations).toEqual([])
})

test('the keyboard alone gets around a workspace', async ({ signedIn: page, api }) => {
  const { id } = await api(createWorkspace, { body: { name: unique('By keyboard') } })
  await page.goto(`/w/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused()
  for (const [key, title] of [
    ['t', 'Tables'],
    ['b', 'Backups'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})
