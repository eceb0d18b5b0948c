import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, test, unique } from './fixtures.ts'

test('a change made elsewhere reaches an open list within a second, and the mark says so', async ({
  signedIn: page,
  api,
}) => {
  await page.goto('/workspaces')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const name = unique('Appears')
  await api(createWorkspace, { body: { name } })
  await expect(page.getByRole('link', { name })).toBeVisible({ timeout: 1_000 })
})

test('with no socket the list is polled, and the mark says that', async ({ signedIn: page, api }) => {
  await page.routeWebSocket(/events/, (socket) => socket.close())
  await page.goto('/workspaces')
  await expect(page.getByText('Polling', { exact: true })).toBeVisible()
  const name = unique('Polled')
  await api(createWorkspace, { body: { name } })
  await expect(page.getByRole('link', { name })).toBeVisible({ timeout: 8_000 })
})
