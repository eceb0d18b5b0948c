import { readFile } from 'node:fs/promises'

import { createWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'

test('a change is found, told before and after, exported, and the chain is whole', async ({ signedIn: page, api }) => {
  const name = unique('Shop that changes')
  const { id } = await api(createWorkspace, { body: { name } })
  await api(updateWorkspace, { params: { workspace_id: id }, body: { description: 'with a word about it' } })
  await page.goto('/audit')

  await test.step('the filters stand in the address', async () => {
    await page.getByRole('searchbox', { name: 'Search the log' }).fill(name)
    await expect(page.getByText('2 records, that is all')).toBeVisible()
    await page.getByRole('combobox', { name: 'Kind of write' }).click()
    await page.getByRole('option', { name: 'Changed' }).click()
    await expect(page.getByText('1 record, that is all')).toBeVisible()
    await page.reload()
    await expect(page.getByText('1 record, that is all')).toBeVisible()
    expect(new URL(page.url()).searchParams.get('type')).toBe('update')
  })

  await test.step('the record tells before and after and leads to the thing', async () => {
    await page.getByRole('button', { name: `Changed workspace ${name}` }).click()
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByRole('region', { name: 'Before and after' })).toContainText('with a word about it')
    await expect(sheet.getByRole('link', { name: `workspace ${name}` })).toHaveAttribute('href', `/w/${id}`)
    await expectAccessible(page)
    await page.reload()
    await expect(sheet.getByText('127.0.0.1')).toBeVisible()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await expect(sheet).toBeHidden()
  })

  await test.step('the export holds what the list shows', async () => {
    for (const [format, lines] of [
      ['NDJSON', 1],
      ['CSV', 2],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: `Export the filtered records as ${format}` }).click()
      const text = await readFile(await (await download).path(), 'utf8')
      expect(text).toContain(name)
      expect(text.trimEnd().split('\n')).toHaveLength(lines)
    }
  })

  await test.step('the chain is verified, also against a head noted before', async () => {
    await page.getByRole('button', { name: 'Verify chain' }).click()
    const dialog = page.getByRole('dialog', { name: 'Verify the audit chain' })
    const head = /\d+:[\da-f]{64}/
    await expect(dialog.getByText(head)).toBeVisible()
    const noted = head.exec((await dialog.textContent()) ?? '')?.[0] ?? ''
    await dialog.getByRole('textbox', { name: /Head noted earlier/ }).fill(noted)
    await dialog.getByRole('button', { name: 'Verify the chain' }).click()
    await expect(dialog.getByText('The chain is whole')).toBeVisible()
    await expectAccessible(page)
    const other = `${noted.split(':')[0]}:${'0'.repeat(64)}`
    await dialog.getByRole('textbox', { name: /Head noted earlier/ }).fill(other)
    await dialog.getByRole('button', { name: 'Verify again' }).click()
    await expect(dialog.getByText(/The chain was written anew: at \d+ stands another record/)).toBeVisible()
  })
})

test('the audit log in both themes and on a narrow screen', async ({ signedIn: page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/audit')
  await expect(page.getByRole('table', { name: 'Audit records' })).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Filters' }).click()
  await expect(page.getByRole('combobox', { name: 'Kind of write' })).toBeVisible()
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
})
