import { listApiGroups } from '#api/contract/api-groups.ts'
import { createWorkspace, listWorkspaces } from '#api/contract/workspaces.ts'

import { expect, test, unique } from './fixtures.ts'

// As most people have it: the dialogs come and go moving.
test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'no-preference' }))

test('a workspace is made, and deleted only by typing its name', async ({ signedIn: page, api }) => {
  const name = unique('Short-lived')
  await page.goto('/workspaces')
  await page.getByRole('button', { name: 'Create a workspace' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Create workspace' }).click()
  await expect.poll(async () => (await api(listWorkspaces)).some((found) => found.name === name)).toBe(true)

  await page.goto('/workspaces')
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete workspace' }).click()
  const confirm = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await confirm.getByRole('textbox').fill(name.toUpperCase())
  await expect(confirm.getByRole('button', { name: /^Delete/ })).toBeDisabled()
  await confirm.getByRole('textbox').fill(name)
  await confirm.getByRole('button', { name: /^Delete/ }).click()
  // As long as it is open, everything behind it counts as hidden.
  await expect(confirm).toBeHidden()
  await expect(page.getByRole('link', { name, exact: true })).toBeHidden()
  expect((await api(listWorkspaces)).some((found) => found.name === name)).toBe(false)
})

test('an API group is made; a taken name is refused at its field', async ({ signedIn: page, api }) => {
  const { id } = await api(createWorkspace, { body: { name: unique('Groups') } })
  await page.goto(`/w/${id}/api-groups`)
  for (const round of [1, 2]) {
    await page.getByRole('button', { name: 'Create an API group' }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('storefront')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Create/ })
      .click()
    if (round === 1) await expect(page.getByRole('dialog')).toBeHidden()
  }
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true')
  expect((await api(listApiGroups, { params: { workspace_id: id } })).items).toHaveLength(1)
})
