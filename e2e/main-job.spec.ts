import { createHash } from 'node:crypto'

import type { Call } from '#api/client/call.ts'
import { listContent, type RowPage } from '#api/contract/content.ts'
import { listTables } from '#api/contract/tables.ts'
import { createWorkspace, listWorkspaces } from '#api/contract/workspaces.ts'

import { importCities } from './cities.ts'
import { expect, expectAccessible, test, unique } from './fixtures.ts'

const PASSWORD = 'a long archive password'

/** Row count and SHA-256 of every row of the table, read through the Metadata API in the order of the ids. */
async function contents(api: Call, workspace_id: number, name: string): Promise<{ rows: number; sha256: string }> {
  const tables = await api(listTables, { params: { workspace_id }, query: { search: name } })
  const table_id = tables.items.find((table) => table.name === name)?.id ?? 0
  const hash = createHash('sha256')
  let rows = 0
  for (let page: number | null = 1; page !== null;) {
    const found: RowPage = await api(listContent, {
      params: { workspace_id, table_id },
      query: { page, per_page: 10_000 },
    })
    for (const row of found.items) hash.update(JSON.stringify(row))
    rows += found.items.length
    page = found.nextPage
  }
  return { rows, sha256: hash.digest('hex') }
}

test('170,000 real places: browse, search, back up with a password, restore into a new workspace, all the same', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(300_000)
  const name = unique('World')
  const { id } = await api(createWorkspace, { body: { name } })
  const { table_id, rows } = await importCities(api, id)
  const total = rows.toLocaleString('en')

  await page.goto(`/w/${id}/tables/${table_id}`)
  const grid = page.getByRole('grid')
  await expect(page.getByText(`${total} rows`).first()).toBeVisible()
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows + 1))
  await grid.getByRole('gridcell', { name: 'Vila', exact: true }).first().click()
  await page.keyboard.press('Control+End')
  await expect(grid.getByRole('gridcell', { name: String(rows), exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill('REYKJAV')
  await page.getByRole('dialog').getByRole('button', { name: 'Add filter' }).click()
  await expect(grid.getByRole('gridcell', { name: 'Reykjavík', exact: true }).first()).toBeVisible()

  await page.goto(`/w/${id}/backups`)
  await page.getByRole('button', { name: 'Take a backup' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: false }).first().fill(PASSWORD)
  await dialog.getByLabel('Repeat the password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Take backup' }).click()
  await expect(page.getByRole('cell', { name: 'Verified' })).toBeVisible({ timeout: 90_000 })
  await expectAccessible(page)

  await page
    .getByRole('button', { name: /^Actions for backup/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Restore' }).click()
  await page.getByLabel('Password of the archive').fill('not this one')
  await page.getByRole('button', { name: 'Open the archive' }).click()
  await expect(page.getByText('This password does not open the archive')).toBeVisible({ timeout: 30_000 })
  await page.getByLabel('Password of the archive').fill(PASSWORD)
  await page.getByRole('button', { name: 'Open the archive' }).click()
  const copy = `${name} again`
  await page.getByRole('textbox', { name: 'Name of the new workspace' }).fill(copy, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Continue to the scope' }).click()
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  await expect(page.getByText('Nothing has been written yet').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(total).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Continue/ }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await page.getByRole('button', { name: `Create workspace ${copy}` }).click()
  await expect(page.getByText(`Workspace ${copy} was created`)).toBeVisible({ timeout: 90_000 })
  await page.getByRole('link', { name: `Open ${copy}` }).click()
  await expect(page.getByRole('heading', { level: 1, name: copy })).toBeVisible()

  const restored = (await api(listWorkspaces)).find((workspace) => workspace.name === copy)
  const before = await contents(api, id, 'cities')
  expect(before.rows).toBe(rows)
  expect(await contents(api, restored?.id ?? 0, 'cities')).toEqual(before)
})
