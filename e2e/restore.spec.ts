import { createContent } from '#api/contract/content.ts'
import { functions } from '#api/contract/functions.ts'
import { createRestore, getRestore, listRestores } from '#api/contract/restores.ts'
import { createTable, listTables } from '#api/contract/tables.ts'
import { listBranches, listWorkspaces } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { backUp, damageOrders, DAMAGED, makeShop, orderStates, pressOn, tabTo } from './restore-fixtures.ts'

const WHOLE = Array.from({ length: 10 }, () => 'paid')

test('one table of yesterday comes back over the live one, and is put back by one undo', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(120_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  await damageOrders(api, shop)
  const damaged = [...DAMAGED, 'written after the backup']
  expect(await orderStates(api, shop)).toEqual(damaged)

  await page.goto(`/restore?of=${shop.id}`)
  await page.getByRole('button', { name: shop.name }).click()
  await page.getByRole('radio', { name: 'An existing workspace' }).click()
  await page.getByRole('button', { name: 'Continue to the scope' }).click()
  await page.getByRole('radio', { name: 'Chosen parts' }).click()
  await expect(page.getByRole('button', { name: 'Continue to the preview' })).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Select orders' }).click()
  await expect(page.getByText('orders refers to users, which stays as it is now')).toBeVisible()
  await page.getByRole('button', { name: 'Continue to the preview' }).click()

  await expect(page.getByText('Nothing has been written yet')).toBeVisible()
  const losses = page.getByRole('region', { name: 'What would be lost', exact: true })
  await expect(losses).toContainText('1 row in orders, newest')
  const row = page.getByRole('table', { name: 'Tables' }).getByRole('row', { name: /orders/ })
  await expect(row.getByRole('cell')).toHaveText(['orders', '= same', '3', '2', '1', '5'])
  await page.getByRole('button', { name: /^See samples/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Table orders' })
  await expect(sheet.getByText('written after the backup')).toBeVisible()
  await expect(sheet.getByRole('row', { name: 'state cancelled paid' })).toHaveCount(2)
  await sheet.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Continue to the safety backup' }).click()
  await expect(page.getByText(`${shop.name} is backed up first`)).toBeVisible()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()

  await expect(page.getByText('1 row is lost, 2 change and 3 come back')).toBeVisible()
  const overwrite = page.getByRole('button', { name: `Overwrite table orders in ${shop.name}` })
  await page.getByRole('textbox', { name: /to confirm/ }).fill(shop.name.toLowerCase())
  await expect(overwrite).toBeDisabled()
  await page.getByRole('textbox', { name: /to confirm/ }).fill(shop.name)
  await overwrite.click()

  await expect(page.getByText(`orders in ${shop.name} is restored`)).toBeVisible({ timeout: 30_000 })
  expect(await orderStates(api, shop)).toEqual(WHOLE)
  const made = (await api(listRestores, { query: { backupId } })).items[0]
  expect(made).toMatchObject({ tables: ['orders'], status: 'succeeded' })
  await expect(page.getByRole('link', { name: `Backup #${made?.safetyBackupId}` })).toBeVisible()

  const params = { workspace_id: shop.id, table_id: shop.orders }
  await api(createContent, { params, body: { state: 'written after the restore', user_id: 1 } })
  await page.getByRole('button', { name: 'Undo this restore' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`orders in ${shop.name} goes back to how it was before this restore`)
  await expect(question).toContainText('Rows written in this table since then are lost')
  await expect(question).toContainText('1 row was written since.')
  const takeBack = question.getByRole('button', { name: 'Undo this restore' })
  await expect(takeBack).toBeDisabled()
  await question.getByRole('textbox', { name: /to confirm/ }).fill(shop.name)
  await takeBack.click()
  await expect(page.getByText(`Restore ${made?.id} is undone`)).toBeVisible({ timeout: 30_000 })
  expect(await orderStates(api, shop)).toEqual(damaged)
  await page.getByRole('link', { name: `Restore ${made?.id}`, exact: true }).click()
  await expect(page.getByText('Undone', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo this restore' })).toBeHidden()
  await page.getByRole('link', { name: 'All restores' }).click()
  await expect(page.getByRole('heading', { name: 'Earlier restores' })).toBeFocused()
  await expect(page.getByRole('table', { name: 'Earlier restores' })).toContainText(`orders into ${shop.name}`)
})

test('an encrypted one asks for its password, refuses a wrong one at once, and never shows it in the address', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id, { password: 'a long archive password' })
  await page.goto(`/restore?backup=${backupId}&into=${shop.id}&step=preview`)
  await page.getByLabel('Password of the archive').fill('not this one')
  await page.getByRole('button', { name: 'Open the archive' }).click()
  await expect(page.getByText('This password does not open the archive')).toBeVisible()
  await page.getByLabel('Password of the archive').fill('a long archive password')
  await page.getByRole('button', { name: 'Open the archive' }).click()
  await page.getByRole('button', { name: 'Continue to the scope' }).click()
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  await expect(page.getByText('There is nothing to restore')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Restore anyway' })).toBeVisible()
  expect(page.url()).not.toMatch(/long|password/)
})

test('a taken address is shown before, chosen, and named in the result; the new workspace goes with the undo', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(120_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  const copy = unique('Copy')
  await page.goto(`/restore?backup=${backupId}&step=where`)
  await page.getByRole('textbox', { name: 'Name of the new workspace' }).fill(copy)
  await page.getByRole('button', { name: 'Continue to the scope' }).click()
  await expect(page.getByText('1 API group cannot keep its address')).toBeVisible()
  await expect(page.getByText(`${shop.canonical} belongs to ${shop.name}`)).toBeVisible()
  await page.getByRole('radio', { name: 'Type one' }).click()
  const address = page.getByRole('textbox', { name: 'Address of Public' })
  await address.fill(shop.canonical)
  await expect(page.getByText('This address is taken')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue to the preview' })).toBeDisabled()
  const chosen = unique('public').replaceAll(' ', '-')
  await address.fill(chosen)
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  await expect(page.getByText(`${shop.canonical} → ${chosen}`)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await page.getByRole('button', { name: `Create workspace ${copy}` }).click()
  await expect(page.getByText(`Workspace ${copy} was created`)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(`${shop.canonical} → ${chosen}`)).toBeVisible()

  await page.getByRole('button', { name: 'Undo this restore' }).click()
  await expect(page.getByRole('alertdialog')).toContainText(`Workspace ${copy} is deleted`)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this restore' }).click()
  await expect(page.getByText(`Workspace ${copy} was backed up and deleted`)).toBeVisible({ timeout: 30_000 })
  expect((await api(listWorkspaces)).map(({ name }) => name)).not.toContain(copy)
})

test('chosen tables take along what they need', async ({ signedIn: page, api }) => {
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  await page.goto(`/restore?backup=${backupId}&into=new&name=${unique('Part')}&tables=orders&step=scope`)
  await expect(page.getByText('orders needs users.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue to the preview' })).toBeDisabled()
  await page.getByRole('button', { name: 'Take it along' }).click()
  await expect(page).toHaveURL(/tables=users/)
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  await expect(page.getByText('Nothing is lost')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('table', { name: 'Tables' }).getByRole('row')).toHaveCount(3)
})

test('a whole restore shows text diffs and lost tables before it overwrites', async ({ signedIn: page, api }) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const params = { workspace_id: shop.id }
  const text = (value: number) => `function total {\n  input {\n  }\n\n  stack {\n  }\n\n  response = ${value}\n}\n`
  const made = await api(functions.create, { params, xanoscript: text(1) })
  const backupId = await backUp(api, shop.id)
  await api(functions.update, { params: { ...params, function_id: made.id }, xanoscript: text(2) })
  await api(createTable, { params, body: { name: 'made_later' } })

  await page.goto(`/restore?backup=${backupId}&into=${shop.id}&step=preview`)
  await expect(page.getByText('Empty table made_later')).toBeVisible()
  await page.getByRole('button', { name: 'total' }).click()
  const patch = page.getByRole('region', { name: 'Text diff of total' })
  await expect(patch).toContainText('Removed: -  response = 2')
  await expect(patch).toContainText('Added: +  response = 1')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(patch).toBeHidden()
  await page.getByRole('button', { name: 'Continue to the safety backup' }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await expect(page.getByText('Lost: empty table made_later.')).toBeVisible()
  await page.getByRole('textbox', { name: /to confirm/ }).fill(shop.name)
  await page.getByRole('button', { name: `Overwrite 2 tables and remove table made_later in ${shop.name}` }).click()
  await expect(page.getByText(`Workspace ${shop.name} is restored`)).toBeVisible({ timeout: 30_000 })
  expect((await api(listTables, { params })).items.map(({ name }) => name).toSorted()).toEqual(['orders', 'users'])
})

test('the keyboard alone puts missing rows back: newer rows stay, and one undo takes them away again', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  await backUp(api, shop.id)
  await damageOrders(api, shop)
  const heading = (name: string) => page.getByRole('heading', { level: 2, name })

  await page.goto(`/restore?of=${shop.id}`)
  await expect(page.getByRole('button', { name: shop.name, exact: true })).toBeVisible()
  await pressOn(page, shop.name)
  await expect(heading('Where it goes')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await pressOn(page, 'Continue to the scope')
  await expect(heading('How much of it')).toBeFocused()
  await expect(page.getByRole('radio', { name: 'Chosen parts' })).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('checkbox', { name: 'Select orders' })).toBeVisible()
  await pressOn(page, 'Select orders', 'Space')
  await pressOn(page, 'Replace the table', 'ArrowDown')
  await pressOn(page, 'Continue to the preview')
  await expect(heading('What would change')).toBeFocused()
  const kept = '3 rows come back, nothing is deleted, 2 changed rows and 1 row that the backup lacks stay as they are.'
  await expect(page.getByText(kept)).toBeVisible()
  await expect(page.getByText('Nothing would be removed')).toBeVisible()
  await pressOn(page, 'See rows of orders')
  const sheet = page.getByRole('dialog', { name: 'Table orders' })
  await expect(sheet.getByRole('checkbox')).toHaveCount(3)
  await pressOn(page, 'Restore row 3', 'Space')
  await expect(sheet.getByRole('textbox', { name: 'Only these rows' })).toHaveValue('3')
  await expect(sheet.getByText('1 row chosen. Those that are missing come back')).toBeVisible()
  await expect(page).toHaveURL(/ids=orders%3A3/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await pressOn(page, 'Continue to the safety backup')
  await expect(heading('Safety backup')).toBeFocused()
  await pressOn(page, 'Continue to confirm')
  await expect(heading('Confirm')).toBeFocused()
  await tabTo(page, page.getByRole('textbox', { name: /to confirm/ }))
  await page.keyboard.type(shop.name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Missing rows of orders in ${shop.name} are restored`)).toBeVisible({ timeout: 30_000 })
  const back = [...Array.from({ length: 3 }, () => 'paid'), ...DAMAGED, 'written after the backup']
  expect(await orderStates(api, shop)).toEqual(back)
  await pressOn(page, 'Undo this restore')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`orders in ${shop.name} goes back to how it was`)
  await expect(question).toContainText('How many rows were written since is not known.')
  await expect(question.getByRole('textbox', { name: /to confirm/ })).toBeFocused()
  await page.keyboard.type(shop.name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`orders in ${shop.name} is as before that restore`)).toBeVisible({ timeout: 30_000 })
  expect(await orderStates(api, shop)).toEqual([...DAMAGED, 'written after the backup'])
})

test('definitions come into a new branch, which the undo takes away again', async ({ signedIn: page, api }) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const params = { workspace_id: shop.id }
  const backupId = await backUp(api, shop.id)
  await page.goto(`/restore?backup=${backupId}&step=where`)
  await page.getByRole('radio', { name: 'A new branch' }).click()
  await page.getByRole('textbox', { name: 'Name of the new branch' }).fill('as-it-was')
  await page.getByRole('button', { name: 'Continue to the scope' }).click()
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  await expect(page.getByText('Nothing is lost')).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await page.getByRole('button', { name: `Create branch as-it-was in ${shop.name}` }).click()
  await expect(page.getByText(`Branch as-it-was of ${shop.name} was created`)).toBeVisible({ timeout: 30_000 })
  const labels = async () => (await api(listBranches, { params })).map(({ label }) => label)
  expect(await labels()).toContain('as-it-was')
  await page.getByRole('button', { name: 'Undo this restore' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this restore' }).click()
  await expect(page.getByText('was backed up and deleted')).toBeVisible({ timeout: 30_000 })
  expect(await labels()).not.toContain('as-it-was')
})

test('an archive is uploaded, checked and restored from; a file that is none is refused', async ({
  signedIn: page,
  api,
  server,
}) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  const archive = await page.request.get(`${server.url}/api:console/backups/${backupId}/download`)
  const choose = page.locator('input[type=file]')
  await page.goto('/restore')
  await choose.setInputFiles({ name: 'notes.xano', mimeType: 'text/plain', buffer: Buffer.from('just some notes') })
  await expect(page.getByRole('alert').or(page.getByText('This one cannot be restored'))).toBeVisible()
  await page.goto('/restore')
  await choose.setInputFiles({ name: 'shop.xano', mimeType: 'application/octet-stream', buffer: await archive.body() })
  await page.getByRole('button', { name: 'Restore this one' }).click({ timeout: 30_000 })
  await expect(page.getByRole('textbox', { name: 'Name of the new workspace' })).toHaveValue(`${shop.name} copy`)
})

test('a backup without rows is not offered over tables that are there', async ({ signedIn: page, api }) => {
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id, { definitionOnly: true })
  await page.goto(`/restore?backup=${backupId}&into=${shop.id}&step=scope`)
  await expect(page.getByText('This backup holds no rows')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue to the preview' })).toBeDisabled()
})

test('a link to a backup that is gone says so, and leads on', async ({ signedIn: page }) => {
  await page.goto('/restore?backup=999999&step=preview')
  await expect(page.getByRole('alert')).toContainText('Could not load the backup')
  await page.getByRole('button', { name: 'Choose another' }).click()
  await expect(page.getByRole('heading', { name: 'What to restore' })).toBeVisible()
})

test('every step is clean for axe and never scrolls sideways', async ({ signedIn: page, api }) => {
  test.setTimeout(240_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  await damageOrders(api, shop)
  const into = { workspaceId: shop.id, confirm: shop.name }
  const done = await api(createRestore, { body: { backupId, into, tables: ['users'] } })
  await expect.poll(async () => (await api(getRestore, { params: { id: done.id } })).status).toBe('succeeded')
  const existing = `/restore?backup=${backupId}&into=${shop.id}`
  const made = `/restore?backup=${backupId}&into=new&name=Copy`
  for (const path of [
    '/restore',
    `${existing}&tables=orders&step=scope`,
    `${made}&tables=orders&step=scope`,
    `${made}&group=Public&step=scope&section=groups`,
    `${existing}&step=preview`,
    `${existing}&tables=orders&rows=missing&step=preview&look=table:orders`,
    `${existing}&branch=old&step=preview`,
    `${existing}&step=safety`,
    `${existing}&step=confirm`,
    `/restores/${done.id}`,
  ]) {
    await test.step(path, async () => {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: path.includes('look') ? 2 : 1 }).first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectLooks(page)
    })
  }
})
