import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, test, unique } from './fixtures.ts'

test('two changes of the address in one breath both count', async ({ signedIn: page, api }) => {
  await api(createWorkspace, { body: { name: unique('Address') } })
  await api(createWorkspace, { body: { name: unique('Address') } })
  await page.goto('/protection?show=attention')
  await expect(page.getByRole('radio', { name: /^Not protected as wanted/ })).toBeChecked()
  // In one task, before anything is drawn anew.
  await page.evaluate(() => {
    const search = document.querySelector('input[type=search]')
    if (!(search instanceof HTMLInputElement)) throw new Error('no search')
    const all = [...document.querySelectorAll('[role=radio]')].find((radio) => radio.textContent.startsWith('All'))
    if (!(all instanceof HTMLElement)) throw new Error('no choice')
    all.click()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(search, 'Address')
    search.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await expect(page).toHaveURL(/\/protection\?q=Address$/)
})

test('fast typing loses no letters to the address', async ({ signedIn: page, api }) => {
  const name = unique('Shop number two')
  await api(createWorkspace, { body: { name } })
  await api(createWorkspace, { body: { name: unique('Another') } })
  await page.goto('/protection')
  const search = page.getByRole('searchbox', { name: 'Search workspaces' })
  await search.pressSequentially(name, { delay: 25 })
  await expect(search).toHaveValue(name)
  await expect(page.getByRole('list', { name: 'Workspaces' }).locator('> li')).toHaveCount(1)
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(name)
  await page.reload()
  await expect(search).toHaveValue(name)
})

test('a notice can be closed by those who read the page by its names', async ({ signedIn: page }) => {
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name' }).fill('Olive')
  await page.getByRole('button', { name: 'Save name' }).click()
  await page.getByRole('button', { name: 'Close notice' }).click()
  await expect(page.getByText('Your name is changed')).toHaveCount(0)
})
