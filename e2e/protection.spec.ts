import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Page } from '@playwright/test'

import { createBackup, getBackup, listBackups } from '#api/contract/backups.ts'
import { createSchedule, getSchedule, listSchedules } from '#api/contract/schedules.ts'
import { listTargets } from '#api/contract/targets.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { expect, expectAccessible, test, unique } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { startS3Store } from './s3-store.ts'

const PASSWORD = 'correct horse battery staple'

test('an empty workspace gets a nightly encrypted backup in an S3 bucket, in one go', async ({
  signedIn: page,
  api,
}) => {
  const store = await startS3Store()
  const name = unique('Shop to protect')
  const { id: workspaceId } = await api(createWorkspace, { body: { name } })
  await page.goto('/protection')
  await page.getByRole('link', { name: `Make a schedule for ${name}` }).click()

  await test.step('a target is added in place, and what was typed stays', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Every night')
    await page.getByRole('button', { name: 'Add a target' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a target' })
    await dialog.getByRole('textbox', { name: /^Endpoint/ }).fill(store.endpoint)
    await dialog.getByRole('textbox', { name: 'Bucket' }).fill(store.bucket)
    await dialog.getByRole('textbox', { name: 'Access key' }).fill(store.accessKeyId)
    await dialog.getByRole('textbox', { name: 'Secret key' }).fill('not the secret')
    await dialog.getByRole('button', { name: 'Test' }).click()
    await expect(dialog.getByText('It does not work yet')).toBeVisible()
    await expect(dialog.getByText(/secret access key is not the one/)).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('textbox', { name: 'Secret key' }).fill(store.secret)
    await dialog.getByRole('button', { name: 'Test' }).click()
    await expect(dialog.getByText(/^It works: written, read back and deleted/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Add target' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Every night')
    await expect(page.getByText('Give a password')).toBeHidden()
  })

  await test.step('the schedule is made and its first run succeeds', async () => {
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
    await page.getByRole('textbox', { name: 'Repeat the password' }).fill(PASSWORD)
    await expect(
      page.getByText(
        `Backs up everything of ${name} every day at 02:00 (Europe/Berlin), encrypted, to ${store.bucket}.`,
      ),
    ).toBeVisible()
    await expect(page.getByRole('list', { name: 'Next runs, in Europe/Berlin' }).getByRole('listitem')).toHaveCount(5)
    await page.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByRole('button', { name: 'Run the first backup now' }).click()
    const runs = page.getByRole('list', { name: 'Last runs' })
    await expect(runs.getByText('Succeeded')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('link', { name: 'recovery sheet to print' })).toBeVisible()
    await expect(page.getByText('What lies there now')).toBeVisible()
    await page.reload()
    await expect(page.getByText('What lies there now')).toBeVisible()
    await expectAccessible(page)
  })

  const { items } = await api(listBackups, { query: { workspaceId } })
  expect(items).toMatchObject([{ encrypted: true, status: 'succeeded', scheduleName: 'Every night' }])
  const target = (await api(listTargets)).items.find(({ id }) => id === items[0]?.targetId)
  expect(target).toMatchObject({ settings: { bucket: store.bucket }, backups: 1 })
  expect(JSON.stringify([items, target])).not.toMatch(new RegExp(`${PASSWORD}|${store.secret}`))

  await page.goto('/protection')
  const row = page.getByRole('listitem').filter({ hasText: name })
  await expect(row.getByText('Protected', { exact: true })).toBeVisible()
  await expect(row.getByText(/old, wanted 24 h/)).toBeVisible()
  await expect(row.getByRole('img', { name: /^35 days: 1 good/ })).toBeVisible()
  await store.stop()
})

test('what is not protected is said first and found by its state and by its name', async ({ signedIn: page, api }) => {
  const bare = unique('Bare')
  const kept = unique('Kept')
  await api(createWorkspace, { body: { name: bare } })
  const { id } = await api(createWorkspace, { body: { name: kept } })
  await api(createSchedule, { body: { name: 'Nightly', workspaceId: id, timing: { kind: 'daily', time: '02:00' } } })
  const backup = await api(createBackup, { body: { workspaceId: id } })
  await expect.poll(async () => (await api(getBackup, { params: { id: backup.id } })).status).toBe('succeeded')

  await page.goto('/protection')
  await expect(page.getByText(/\d+ of \d+ workspaces (is|are) not protected/)).toBeVisible()
  const rows = page.getByRole('list', { name: 'Workspaces' }).locator('> li')
  await expect(rows.filter({ hasText: kept }).getByText('Protected', { exact: true })).toBeVisible()
  await page.getByRole('radio', { name: /^Not protected as wanted/ }).click()
  await expect(rows.filter({ hasText: bare })).toBeVisible()
  await expect(rows.filter({ hasText: kept })).toHaveCount(0)
  await page.getByRole('radio', { name: /^All/ }).click()
  await page.getByRole('searchbox', { name: 'Search workspaces' }).fill(kept)
  await expect(rows).toHaveCount(1)
  await page.reload()
  await expect(rows).toHaveCount(1)
})

test('a schedule is changed, paused, proven and deleted, and its backups stay', async ({ signedIn: page, api }) => {
  const { id: workspaceId } = await api(createWorkspace, { body: { name: unique('Scheduled') } })
  const { id } = await api(createSchedule, {
    body: {
      name: 'Nightly',
      workspaceId,
      timing: { kind: 'daily', time: '02:00' },
      timeZone: 'UTC',
      password: PASSWORD,
    },
  })
  await page.goto(`/w/${workspaceId}/schedules/${id}`)
  await page.getByRole('button', { name: 'Run the first backup now' }).click()
  await expect(page.getByRole('list', { name: 'Last runs' }).getByText('Succeeded')).toBeVisible({ timeout: 30_000 })

  await test.step('an expression that means nothing is refused while it is typed', async () => {
    await page.getByRole('radio', { name: 'Cron' }).click()
    const cron = page.getByRole('textbox', { name: 'Cron expression' })
    await expect(cron).toHaveValue('0 2 * * *')
    await cron.fill('61 2 * * *')
    await expect(cron).toHaveAttribute('aria-invalid', 'true')
  })

  await test.step('weekly in another zone', async () => {
    await page.getByRole('radio', { name: 'Weekly' }).click()
    await page.getByRole('button', { name: 'Friday' }).click()
    await page.getByRole('combobox', { name: 'Time zone' }).click()
    await page.keyboard.type('new york')
    await expect(page.getByRole('option')).toHaveText(['America/New_York'])
    await page.keyboard.press('Enter')
    await expect(page.getByText(/every Monday and Friday at 02:00 \(America\/New_York\)/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Last' }).fill('1')
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await expect(page.getByText('Schedule Nightly saved')).toBeVisible()
    expect(await api(getSchedule, { params: { id } })).toMatchObject({
      timing: { kind: 'weekly', weekdays: [1, 5], time: '02:00' },
      timeZone: 'America/New_York',
      retention: { last: 1 },
      encrypted: true,
    })
  })

  await test.step('the password is proven, and a wrong one is told from it', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Prove the password' }).click()
    const dialog = page.getByRole('dialog', { name: /^Prove the password/ })
    await dialog.getByRole('textbox', { name: 'Password' }).fill('something else')
    await dialog.getByRole('button', { name: 'Prove password' }).click()
    await expect(dialog.getByText(/not the password/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Prove password' }).click()
    await expect(dialog).toBeHidden()
  })

  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('It does not run until it is resumed.')).toBeVisible()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete schedule' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Delete schedule' })).toBeDisabled()
  await question.getByRole('textbox').fill('Nightly')
  await question.getByRole('button', { name: 'Delete schedule' }).click()
  await expect(page).toHaveURL(new RegExp(`/w/${workspaceId}/backups$`))
  expect((await api(listSchedules, { query: { workspaceId } })).items).toEqual([])
  expect((await api(listBackups, { query: { workspaceId } })).items).toHaveLength(1)
})

test('a webhook is told with a signature that its key proves, and the key is shown once', async ({
  signedIn: page,
}) => {
  const receiver = await startReceiver()
  await page.goto('/protection/notifications')
  await page.getByRole('button', { name: 'Add a channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a channel' })
  const name = unique('Pager')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/hook`)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add channel' }).click()

  const reveal = page.getByRole('dialog', { name: `Signing key of ${name}` })
  await page.keyboard.press('Escape')
  await expect(reveal).toBeVisible()
  await reveal.getByRole('button', { name: 'Show signing key' }).click()
  const key = (await reveal.locator('code').first().textContent()) ?? ''
  await reveal.getByRole('checkbox', { name: 'I have stored it' }).click()
  await reveal.getByRole('button', { name: 'Done' }).click()
  await expect(reveal).toBeHidden()
  expect(await page.content()).not.toContain(key)

  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Send a test message' }).click()
  await expect(page.getByText(`${name} took the message`)).toBeVisible()
  const [message] = receiver.received
  const stamp = String(message?.headers['x-metadeck-timestamp'])
  const proof = createHmac('sha256', key)
    .update(`${stamp}.${message?.body ?? ''}`)
    .digest('hex')
  expect(message?.headers['x-metadeck-signature']).toBe(`sha256=${proof}`)
  receiver.stop()
})

test('protection and schedules are clean for axe and never scroll sideways', async ({ signedIn: page, api }) => {
  test.setTimeout(240_000)
  const name = unique('A name that is as long as somebody had patience to type ').repeat(4).slice(0, 200).trim()
  const { id } = await api(createWorkspace, { body: { name } })
  const schedule = await api(createSchedule, {
    body: { name, workspaceId: id, timing: { kind: 'monthly', day: 31, time: '02:00' }, password: PASSWORD },
  })
  const paths = ['', '/targets', '/notifications'].map((tab) => `/protection${tab}`)
  for (const path of [...paths, `/w/${id}/schedules/new`, `/w/${id}/schedules/${schedule.id}`]) {
    await test.step(path, () => expectClean(page, path))
  }
})

async function expectClean(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectLooks(page)
}

interface Receiver {
  url: string
  received: { headers: IncomingHttpHeaders; body: string }[]
  stop: () => void
}

/** Takes every message and keeps it. */
async function startReceiver(): Promise<Receiver> {
  const received: Receiver['received'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
