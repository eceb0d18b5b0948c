import { searchContent } from '#api/contract/content.ts'
import { listTables } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'

test('a table is made, gets a row, the row is changed and deleted', async ({ signedIn: page, api }) => {
  const { id } = await api(createWorkspace, { body: { name: unique('Tables') } })
  await page.goto(`/w/${id}/tables`)
  await page
    .getByRole('link', { name: /table/i })
    .filter({ hasText: /create|new/i })
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Name' }).first().fill('books')
  await page.getByRole('button', { name: 'Add column' }).click()
  const column = page.getByRole('listitem').last()
  await column.getByRole('textbox', { name: 'Name' }).fill('title')
  await page.getByRole('button', { name: /^Create table/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'books' })).toBeVisible()

  await page.getByRole('button', { name: 'Add row' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox', { name: /title/ }).fill('Emma')
  await sheet.getByRole('button', { name: 'Add row' }).click()
  await expect(page.getByRole('gridcell', { name: 'Emma' })).toBeVisible()

  await page.getByRole('gridcell', { name: 'Emma' }).click()
  await page.keyboard.press('Enter')
  await sheet.getByRole('textbox', { name: /title/ }).fill('Persuasion')
  await sheet.getByRole('button', { name: /save/i }).click()
  await expect(page.getByRole('gridcell', { name: 'Persuasion' })).toBeVisible()
  await expectAccessible(page)

  const [table] = (await api(listTables, { params: { workspace_id: id } })).items
  const params = { workspace_id: id, table_id: table?.id ?? 0 }
  const found = await api(searchContent, { params, body: { search: { title: 'Persuasion' } } })
  expect(found).toMatchObject({ itemsTotal: 1, items: [{ id: 1, title: 'Persuasion' }] })

  await page.getByRole('gridcell', { name: 'Persuasion' }).click()
  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: /delete/i }).click()
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .last()
    .getByRole('button', { name: /delete/i })
    .click()
  // While the dialog is open the grid has no roles, and nothing in it would be found either way.
  await expect(page.getByText(/^Row .* deleted$/)).toBeVisible()
  await expect(page.getByRole('gridcell', { name: 'Persuasion' })).toHaveCount(0)
  expect((await api(searchContent, { params, body: {} })).itemsTotal).toBe(0)
})

test('the server’s refusal lands on the field it names', async ({ signedIn: page, api }) => {
  const { id } = await api(createWorkspace, { body: { name: unique('Refusals') } })
  await page.goto(`/w/${id}/tables/new`)
  await page.getByRole('textbox', { name: 'Name' }).first().fill('one')
  await page.getByRole('button', { name: /^Create table/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'one' })).toBeVisible()
  await page.goto(`/w/${id}/tables/new`)
  await page.getByRole('textbox', { name: 'Name' }).first().fill('one')
  await page.getByRole('button', { name: /^Create table/ }).click()
  const field = page.getByRole('textbox', { name: 'Name' }).first()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(/already|exists/).first()).toBeVisible()
})
