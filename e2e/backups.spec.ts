import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Call } from '#api/client/call.ts'
import { createBackup, downloadBackup, getBackup, listBackups } from '#api/contract/backups.ts'
import { uploadFile } from '#api/contract/files.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import { createTable } from '#api/contract/tables.ts'
import { createTarget } from '#api/contract/targets.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'
import { expectLooks, PHONE } from './looks.ts'

const PASSWORD = 'correct horse battery staple'

async function makeWorkspace(api: Call, title: string): Promise<{ id: number; name: string }> {
  const name = unique(title)
  const { id } = await api(createWorkspace, { body: { name } })
  await api(createTable, { params: { workspace_id: id }, body: { name: 'orders' } })
  return { id, name }
}

async function takeBackup(api: Call, workspaceId: number, targetId: number | null = null): Promise<number> {
  const { id } = await api(createBackup, { body: { workspaceId, targetId } })
  await expect.poll(async () => (await api(getBackup, { params: { id } })).status).toBe('succeeded')
  return id
}

test('an encrypted backup is taken, verified, rehearsed, pinned, and told how to be opened without Metadeck', async ({
  signedIn: page,
  api,
}) => {
  const { id, name } = await makeWorkspace(api, 'Encrypted')
  await page.goto(`/w/${id}/backups`)
  await page.getByRole('button', { name: 'Take a backup' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('checkbox', { name: 'Stored files' })).toBeChecked()
  await dialog.getByLabel('Password', { exact: false }).first().fill('short')
  await expect(dialog.getByText(/^Weak/)).toBeVisible()
  await dialog.getByLabel('Password', { exact: false }).first().fill(PASSWORD)
  await expect(dialog.getByText('Strong.')).toBeVisible()
  await dialog.getByLabel('Repeat the password').fill(PASSWORD)
  await dialog.getByLabel('Note').fill('Before the price change')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Take backup' }).click()
  await expect(page.getByRole('cell', { name: 'Verified' })).toBeVisible({ timeout: 30_000 })

  await page.getByRole('table', { name: 'Backups' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: `Backup of ${name}` })).toBeVisible()
  await expect(page.getByText('Before the price change').first()).toBeVisible()

  await page.getByRole('button', { name: 'Verify now' }).click()
  await dialog.getByLabel('Password of the archive').fill('not this one')
  await dialog.getByRole('button', { name: 'Verify contents' }).click()
  await expect(dialog.getByText('This password does not open the archive')).toBeVisible()
  await dialog.getByLabel('Password of the archive').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Verify contents' }).click()
  await expect(page.getByText(/Last tried .* read back/)).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Rehearse a restore' }).click()
  await dialog.getByLabel('Password of the archive').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Rehearse restore' }).click()
  await expect(page.getByText(/1 table and 0 rows were restored in/)).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByLabel('Note').fill('Keep for the audit')
  await page.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByText('Keep for the audit').first()).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Recovery sheet' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Recovery sheet' })).toBeVisible()
  await expect(page.getByText(/age --decrypt --output archive.tar.zst/)).toBeVisible()
  expect(await page.locator('main').innerText()).not.toContain(PASSWORD)
  await expectAccessible(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('navigation').first()).toBeHidden()
})

test('what is downloaded is, byte for byte, what was stored', async ({ signedIn: page, api }) => {
  const { id } = await makeWorkspace(api, 'Downloads')
  const backupId = await takeBackup(api, id)
  await page.goto(`/w/${id}/backups/${backupId}`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  const sha256 = createHash('sha256')
    .update(readFileSync(await download.path()))
    .digest('hex')
  expect(sha256).toBe((await api(getBackup, { params: { id: backupId } })).sha256)
  expect(download.suggestedFilename()).toMatch(/^Downloads-.*\.xano$/)

  await expectLooks(page, PHONE)
})

test('a run whose target is away says when it tries again, and is cancelled with nothing left', async ({
  signedIn: page,
  api,
}) => {
  const { id, name } = await makeWorkspace(api, 'Away')
  const folder = mkdtempSync(join(tmpdir(), 'mde-target-'))
  const target = await api(createTarget, {
    body: { name: unique('Cellar'), settings: { kind: 'folder', path: folder } },
  })
  rmSync(folder, { recursive: true })
  const backup = await api(createBackup, { body: { workspaceId: id, targetId: target.id } })

  await page.goto(`/w/${id}/backups`)
  const progress = page.getByRole('region', { name: `Backup ${backup.id} is under way` })
  // On a busy machine the second attempt may be over already.
  await expect(progress.getByText(/^Tries again .*\(attempt [2-9]\)/)).toBeVisible({ timeout: 20_000 })
  await expect(progress.getByText('You can close this tab')).toBeVisible()
  await progress.getByRole('button', { name: 'Cancel' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Cancel the backup of ${name}` })
  await dialog.getByRole('button', { name: 'Cancel backup' }).click()
  await expect(progress).toBeHidden()
  await expect(page.getByRole('cell', { name: 'Cancelled', exact: true })).toBeVisible()
})

test('a verification and a rehearsal are ended where their progress is shown, by key alone, and the focus is not lost', async ({
  signedIn: page,
  api,
}) => {
  const { id } = await makeWorkspace(api, 'Ended')
  const folder = mkdtempSync(join(tmpdir(), 'mde-target-'))
  const target = await api(createTarget, {
    body: { name: unique('Cellar'), settings: { kind: 'folder', path: folder } },
  })
  const backupId = await takeBackup(api, id, target.id)
  // Without it both wait to be tried again, and stay under way.
  rmSync(folder, { recursive: true })

  await page.goto(`/w/${id}/backups/${backupId}`)
  const verification = page.getByRole('region', { name: 'Verification' })
  await verification.getByRole('button', { name: 'Verify now' }).press('Enter')
  await verification.getByRole('button', { name: 'Cancel verification' }).press('Enter')
  await expect(verification.getByText(/, cancelled$/)).toBeVisible()
  await expect(verification.getByText('Verified', { exact: true })).toBeVisible()
  await expect(verification.getByRole('button', { name: 'Verify now' })).toBeFocused()

  const drill = page.getByRole('region', { name: 'Restore drill' })
  await drill.getByRole('button', { name: 'Rehearse a restore' }).press('Enter')
  await drill.getByRole('button', { name: 'Cancel rehearsal' }).press('Enter')
  await expect(drill.getByText(/^Cancelled .* Nothing of it is left\.$/)).toBeVisible()
  await expect(drill.getByRole('button', { name: 'Rehearse a restore' })).toBeFocused()
})

test('schedules, the calendar and the filters are there, and what is chosen is in the address', async ({
  signedIn: page,
  api,
}) => {
  const { id } = await makeWorkspace(api, 'Scheduled')
  await api(createSchedule, {
    body: { name: 'Nightly', workspaceId: id, timing: { kind: 'daily', time: '02:00' }, timeZone: 'Europe/Berlin' },
  })
  await takeBackup(api, id)
  await page.goto(`/w/${id}/backups`)
  await expect(page.getByText('every day at 02:00 (Europe/Berlin)')).toBeVisible()
  await expect(page.getByText(/old, wanted 24 h/)).toBeVisible()

  const today = page
    .getByRole('table', { name: 'Runs by day, in UTC' })
    .getByRole('button', { name: /1 run, succeeded/ })
  await today.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/)
  await expect(page.getByText('1 backup, that is all')).toBeVisible()
  await page.getByRole('radio', { name: 'Scheduled' }).click()
  await expect(page.getByText('No backup fits what is chosen above.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('No backup fits what is chosen above.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all backups' }).click()
  await expect(page.getByText('1 backup, that is all')).toBeVisible()

  await expectLooks(page, [
    ['light', 1440],
    ['dark', 1440],
    ['dark', 390],
  ])
})

test('a file that is no archive is refused with a reason, and nothing is listed', async ({ signedIn: page, api }) => {
  const { id } = await makeWorkspace(api, 'Refused')
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

test('an upload goes on after a lost connection and after a reload, and ends as a verified backup', async ({
  signedIn: page,
  api,
}) => {
  test.setTimeout(120_000)
  const { id } = await makeWorkspace(api, 'Chunks')
  await api(uploadFile, {
    params: { workspace_id: id },
    file: { content: new Blob([randomBytes(20_000_000)]), name: 'noise.bin' },
  })
  const backupId = await takeBackup(api, id)
  const reply = (await api(downloadBackup, { params: { id: backupId } })) as Response
  const folder = mkdtempSync(join(tmpdir(), 'mde-upload-'))
  const file = join(folder, 'chunks.xano')
  writeFileSync(file, Buffer.from(await reply.arrayBuffer()))

  await page.goto(`/w/${id}/backups`)
  // Not by `page.route`, which would carry every chunk through the test.
  const browser = await page.context().newCDPSession(page)
  await browser.send('Network.enable')
  await browser.send('Network.setBlockedURLs', { urls: ['*/chunks/2'] })
  const choose = async () => {
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByRole('button', { name: 'Upload archive' }).click()
    return dialog
  }
  await page.getByRole('button', { name: 'Upload an archive' }).click()
  const dialog = await choose()
  await expect(dialog.getByText('Connection lost. Goes on by itself.').first()).toBeVisible()
  await expect(dialog.getByText(/16\.8 MB of 20 MB/)).toBeVisible({ timeout: 30_000 })
  page.once('dialog', (warning) => void warning.accept())
  await page.reload()

  await expect(page.getByText('16.8 MB of 20 MB of chunks.xano are here')).toBeVisible()
  await expectAccessible(page)
  await browser.send('Network.setBlockedURLs', { urls: [] })
  await page.getByRole('button', { name: 'Choose the file again' }).click()
  await choose()
  await expect(page).toHaveURL(/kind=uploaded/, { timeout: 60_000 })
  await expect(page.getByRole('row', { name: /Uploaded/ }).getByText('Verified')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('are here')).toBeHidden()
  rmSync(folder, { recursive: true })
})
