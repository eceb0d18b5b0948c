import { createBackup, getBackup, listBackups } from '#api/contract/backups.ts'
import { createTable, listTables } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, test, unique } from './fixtures.ts'

test('a file that is no archive is refused with a reason, and nothing is listed', async ({ signedIn: page, api }) => {
  const { id } = await api(createWorkspace, { body: { name: unique('Uploads') } })
  const before = (await api(listBackups)).items.length
  await page.goto(`/w/${id}/backups`)
  await page.getByRole('button', { name: 'Upload an archive' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'notes.xano', mimeType: 'application/octet-stream', buffer: Buffer.from('just some notes') })
  await dialog.getByRole('button', { name: /^Upload/ }).click()
  await expect(dialog.getByRole('alert')).toContainText(/archive/)
  expect((await api(listBackups)).items).toHaveLength(before)
})

test('overwriting a workspace shows the loss first, wants its exact name, and brings the backup back', async ({
  signedIn: page,
  api,
}) => {
  const name = unique('Overwritten')
  const { id } = await api(createWorkspace, { body: { name } })
  const params = { workspace_id: id }
  await api(createTable, { params, body: { name: 'kept' } })
  const backup = await api(createBackup, { body: { workspaceId: id } })
  await expect.poll(async () => (await api(getBackup, { params: { id: backup.id } })).status).toBe('succeeded')
  await api(createTable, { params, body: { name: 'made_later' } })

  await page.goto(`/restore?backup=${backup.id}&into=${id}&step=preview`)
  await expect(page.getByText('Table made_later with 0 rows is removed: the archive does not have it')).toBeVisible()
  await page.getByRole('button', { name: /^Continue/ }).click()
  const typed = page.getByRole('textbox', { name: /to confirm/ })
  await typed.fill(name.toLowerCase())
  await expect(page.getByRole('button', { name: /^Overwrite/ })).toBeDisabled()
  await typed.fill(name)
  await page.getByRole('button', { name: /^Overwrite/ }).click()
  await expect(page.getByText(`Workspace ${name} is restored`)).toBeVisible({ timeout: 30_000 })
  expect((await api(listTables, { params })).items.map((table) => table.name)).toEqual(['kept'])
})
