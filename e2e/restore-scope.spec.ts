import { createApiGroup, deleteApiGroup, listApiGroups, updateApiGroup } from '#api/contract/api-groups.ts'
import { functions } from '#api/contract/functions.ts'
import { deleteColumn } from '#api/contract/tables.ts'

import { expect, expectAccessible, test } from './fixtures.ts'
import { addLogic, backUp, damageOrders, DAMAGED, makeShop, orderStates } from './restore-fixtures.ts'

test('an API group and a function come back with what they use; all else stays', async ({ signedIn: page, api }) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const params = { workspace_id: shop.id }
  const total = await addLogic(api, shop)
  const backupId = await backUp(api, shop.id)
  await damageOrders(api, shop)
  await api(functions.remove, { params: { ...params, function_id: total } })
  await api(deleteApiGroup, { params: { ...params, apigroup_id: shop.group } })

  await page.goto(`/restore?backup=${backupId}&into=${shop.id}&tables=&step=scope`)
  await page.getByRole('tab', { name: 'API groups' }).click()
  await page.getByRole('checkbox', { name: 'Select Public' }).click()
  await expect(page.getByText(`Public uses the function total, which ${shop.name} lacks.`)).toBeVisible()
  await page.getByRole('button', { name: 'Take it along' }).click()
  await page.getByRole('tab', { name: 'Functions and more' }).click()
  await page.getByRole('searchbox', { name: 'Search constructs' }).fill('TOTAL')
  await expect(page.getByRole('checkbox', { name: 'Select function total' })).toBeChecked()
  await expect(page.getByText('Chosen: 1 API group and 1 function.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue to the preview' }).click()
  const list = page.getByRole('table', { name: 'API groups, constructs and settings' })
  await expect(list.getByRole('row', { name: 'added Function total' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue to the safety backup' }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await page.getByRole('textbox', { name: /to confirm/ }).fill(shop.name)
  await page.getByRole('button', { name: `Add API group Public and function total to ${shop.name}` }).click()
  await expect(page.getByText(`API group Public and function total in ${shop.name} are restored`)).toBeVisible({
    timeout: 30_000,
  })
  expect((await api(functions.list, { params })).items.map(({ name }) => name)).toEqual(['total'])
  expect((await api(listApiGroups, { params })).items.map(({ canonical }) => canonical)).toEqual([shop.canonical])
  expect(await orderStates(api, shop)).toEqual([...DAMAGED, 'written after the backup'])
})

test('rows whose table lost a column come back without it once that is said, and the result counts them', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(90_000)
  const shop = await makeShop(api)
  const backupId = await backUp(api, shop.id)
  await damageOrders(api, shop)
  await api(deleteColumn, { params: { workspace_id: shop.id, table_id: shop.orders, schema_name: 'state' } })

  await page.goto(`/restore?backup=${backupId}&into=${shop.id}&tables=orders&rows=missing&step=scope`)
  await expect(page.getByText('orders has no column state now.')).toBeVisible()
  const onward = page.getByRole('button', { name: 'Continue to the preview' })
  await expect(onward).toBeDisabled()
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'Put the rows back without state' }).click()
  await expect(page).toHaveURL(/drop=columns/)
  await onward.click()
  await page.getByRole('button', { name: 'Continue to the safety backup' }).click()
  await page.getByRole('button', { name: 'Continue to confirm' }).click()
  await expect(page.getByText('Rows come back without state.')).toBeVisible()
  await page.getByRole('textbox', { name: /to confirm/ }).fill(shop.name)
  await page.getByRole('button', { name: `Put back missing rows of table orders in ${shop.name}` }).click()
  await expect(page.getByText('3 rows came back, 7 left as they were', { exact: true })).toBeVisible({
    timeout: 30_000,
  })
})

test('an API group whose name another one has now cannot be chosen, and the step says why', async ({
  signedIn: page,
  api,
}) => {
  const shop = await makeShop(api)
  const params = { workspace_id: shop.id }
  const backupId = await backUp(api, shop.id)
  await api(updateApiGroup, {
    params: { ...params, apigroup_id: shop.group },
    body: { name: 'Storefront', description: '', swagger: true },
  })
  const look = `/restore?backup=${backupId}&into=${shop.id}&tables=&step=scope&section=groups`
  await page.goto(look)
  await expect(page.getByText('Public (now Storefront)')).toBeVisible()

  await api(createApiGroup, { params, body: { name: 'Public', description: '', swagger: true } })
  await page.goto(look)
  await expect(
    page.getByText('Public is called Storefront now, and another API group has the name Public.'),
  ).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Select Public' })).toHaveCount(0)
  await expectAccessible(page)
})
