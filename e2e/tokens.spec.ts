import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'

test('a read-only token reads, is refused a write with 403 that names the scope, and dies with its revocation', async ({
  signedIn: page,
  server,
  api,
}) => {
  await api(createWorkspace, { body: { name: unique('Seen by a token') } })
  const name = unique('reader')
  await page.goto('/tokens/new')
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(page.getByText(/^It cannot write/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create token' }).click()

  const dialog = page.getByRole('dialog', { name: `Token ${name}` })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: /show/i }).first().click()
  const secret = /mdk_[0-9A-Za-z]{42}/.exec((await dialog.textContent()) ?? '')?.[0] ?? ''
  expect(secret).toMatch(/^mdk_/)
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).click()
  await dialog
    .getByRole('button', { name: /done|close/i })
    .last()
    .click()
  await expect(dialog).toBeHidden()
  expect(await page.content()).not.toContain(secret)

  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const read = await fetch(`${server.url}/api:meta/workspace`, { headers })
  expect(read.status).toBe(200)
  const write = await fetch(`${server.url}/api:meta/workspace`, { method: 'POST', headers, body: '{"name":"x"}' })
  expect(write.status).toBe(403)
  expect(await write.json()).toMatchObject({
    code: 'ERROR_CODE_ACCESS_DENIED',
    payload: { scope: 'instance:workspace:create' },
  })

  await page.goto('/tokens')
  await page.getByRole('button', { name: new RegExp(name) }).click()
  const confirm = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await confirm.getByRole('textbox').fill(name)
  await confirm.getByRole('button', { name: /revoke/i }).click()
  await expect(confirm).toBeHidden()
  expect((await fetch(`${server.url}/api:meta/workspace`, { headers })).status).toBe(401)
})
