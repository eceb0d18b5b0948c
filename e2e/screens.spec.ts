import type { Page } from '@playwright/test'

import { createSample } from '#api/contract/sample.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'
import { LOOKS } from './looks.ts'

const PATHS = ['/instances', '/workspaces', '/tokens', '/tokens/new', '/restore', '/nothing-here', '/w/999999']
const WORKSPACE_PATHS = ['', '/tables', '/tables/new', '/tables/6', '/tables/6/schema', '/api-groups', '/backups']

let sampleId: number | undefined

/** The sample workspace of this worker's server, made once. */
async function sampleWorkspace(page: Page, url: string): Promise<number> {
  if (sampleId === undefined) {
    const reply = await page.request.post(`${url}${createSample.path}`)
    sampleId = ((await reply.json()) as { workspaceId: number }).workspaceId
  }
  return sampleId
}

for (const [colorScheme, width] of LOOKS) {
  test(`every screen is clean for axe and never scrolls sideways: ${colorScheme}, ${width} px`, async ({
    signedIn: page,
    server,
  }) => {
    test.setTimeout(240_000)
    const workspaceId = await sampleWorkspace(page, server.url)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    for (const path of [...PATHS, ...WORKSPACE_PATHS.map((rest) => `/w/${workspaceId}${rest}`)]) {
      await test.step(path, async () => {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow).toBe(0)
      })
    }
  })
}

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
