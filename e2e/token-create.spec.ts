import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'

/** What a button puts on the clipboard, of this form. The console's own pages may not read it: it is pasted elsewhere. */
async function copied(paper: Page, button: Locator, form: RegExp): Promise<string> {
  await button.click()
  const text = paper.getByRole('textbox')
  await expect(async () => {
    await text.fill('')
    await text.press('ControlOrMeta+v')
    await expect(text).toHaveValue(form, { timeout: 500 })
  }).toPass()
  return text.inputValue()
}

test('a nightly backup has its token, its file and a line that really exports, in a minute', async ({
  signedIn: page,
  api,
  context,
  server,
}) => {
  await context.grantPermissions(['clipboard-write'])
  const paper = await context.newPage()
  await paper.setContent('<textarea aria-label="Pasted"></textarea>')
  await page.bringToFront()
  const name = unique('Shop')
  await api(createWorkspace, { body: { name: unique('Another shop') } })
  const { id } = await api(createWorkspace, { body: { name } })
  await page.goto('/tokens/new')
  await page.getByRole('radio', { name: 'Backup', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(/^nightly-backup-\d{4}-\d{2}$/)
  await expect(page.getByRole('radio', { name: '90 d' })).toBeChecked()
  await expect(page.getByText(/export whole workspaces, rows included/)).toBeVisible()
  await page.getByRole('button', { name: 'Create token' }).click()

  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/scopes answered as expected: 1 let in/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByText('Each call, expected and actual').click()
  await expectAccessible(page)
  await copied(
    paper,
    dialog.getByRole('button', { name: 'Copy result' }),
    /instance:workspace:read\s+allowed\s+allowed\s+as expected/,
  )
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()

  await dialog.getByRole('combobox', { name: 'Workspace' }).click()
  await page.getByRole('option', { name }).click()
  const envText = await copied(paper, dialog.getByRole('button', { name: 'Copy env file' }), /METADECK_TOKEN=mdk_/)
  const line = await copied(paper, dialog.getByRole('button', { name: 'Copy backup command' }), /^0 2 /)
  expect(envText).toContain(server.url)
  expect(line).toMatch(new RegExp(`^0 2 .*/workspace/${id}/export`))
  expect(line).not.toContain('mdk_')

  const folder = mkdtempSync(join(tmpdir(), 'mdb-'))
  writeFileSync(join(folder, 'env'), envText, { mode: 0o600 })
  const command = line
    .replace('0 2 * * * ', '')
    .replaceAll(String.raw`\%`, '%')
    .replaceAll('/etc/metadeck-backup.env', join(folder, 'env'))
    .replaceAll('/var/backups', folder)
  execFileSync('sh', ['-c', command])
  const archive = readdirSync(folder).find((file) => file.endsWith('.xano')) ?? ''
  // The first bytes of zstd.
  expect(readFileSync(join(folder, archive)).subarray(0, 4).toString('hex')).toBe('28b52ffd')
  rmSync(folder, { recursive: true })

  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page).toHaveURL(/\/tokens$/)
  expect(await page.content()).not.toMatch(/mdk_[0-9A-Za-z]{42}/)
})

test('the matrix, an end, addresses and a copy: by keyboard, with words for what is wrong', async ({
  signedIn: page,
}) => {
  await page.goto('/tokens/new')
  const name = unique('matrix')
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('radio', { name: 'Custom' }).click()
  await expect(page.getByText('This token can do nothing yet.')).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search scopes' }).fill('database')
  const create = page.getByRole('checkbox', { name: 'Workspace Database: create' })
  await create.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('checkbox', { name: 'Workspace Database: read' })).toBeFocused()
  await page.keyboard.press('Space')
  const row = page.getByRole('checkbox', { name: 'Workspace Database', exact: true })
  await expect(row).toHaveAttribute('aria-checked', 'mixed')
  await row.click()
  await expect(
    page.getByRole('checkbox', { name: /^Workspace Database: delete, dangerous: drops tables/ }),
  ).toBeChecked()

  const addresses = page.getByRole('textbox', { name: 'Allowed addresses' })
  await addresses.fill('10.0.0.0/33')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/“10.0.0.0\/33”: after the slash comes one number from 0 to 32/)).toBeVisible()
  await page.getByRole('button', { name: 'Create token' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: 'Remove 10.0.0.0/33' }).click()
  await addresses.fill('203.0.113.7')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Never' }).click()
  await expect(page.getByRole('radio', { name: 'Never' })).toBeChecked()
  await expect(page.getByRole('textbox', { name: /Why must it never expire/ })).toBeFocused()
  await page.keyboard.type('The device cannot be reached')
  await page.getByText('The same as a curl command').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create token' }).click()

  const dialog = page.getByRole('dialog', { name: `Token ${name}` })
  await expect(dialog.getByText('It is not let in from here')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()

  const { items } = (await (await page.request.get('/api:console/tokens')).json()) as {
    items: { id: number; name: string; neverReason: string; allowedIps: string[]; scopes: object }[]
  }
  const made = items.find((token) => token.name === name)
  expect(made).toMatchObject({
    neverReason: 'The device cannot be reached',
    allowedIps: ['203.0.113.7'],
    scopes: { 'workspace:database': ALL_SCOPES['workspace:database'] },
  })
  await page.goto(`/tokens/new?from=${made?.id ?? 0}`)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(`${name} copy`)
  await expect(page.getByRole('radio', { name: 'Never' })).toBeChecked()
  await expect(page.getByRole('button', { name: 'Remove 203.0.113.7' })).toBeVisible()
})
