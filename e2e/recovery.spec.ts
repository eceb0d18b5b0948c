import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { Secret, TOTP } from 'otpauth'

import { getMyAccount } from '#api/contract/my-account.ts'
import { confirmTotp, getSecondFactor, startTotp } from '#api/contract/second-factor.ts'
import { signIn } from '#api/contract/session.ts'

import { expect, test } from './fixtures.ts'
import { expectLooks } from './looks.ts'
import { addPerson, callAs, type Person } from './people.ts'
import { COMPILED, type Server } from './server.ts'

const COMMAND = join(import.meta.dirname, '..', 'src', 'server', 'cli', 'main.ts')

/** The link that the real command prints on the machine of the server. */
async function recoverOwner({ dataDir, url }: Server, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'recover-owner', ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, DATA_DIR: dataDir, PUBLIC_URL: url },
  })
  return /\S+\/recovery#\S+/.exec(stdout)?.[0] ?? ''
}

/** Status and body of a sign-in by password. */
async function trySignIn(url: string, body: Person): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${url}${signIn.path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return [reply.status, await reply.json()]
}

test('an owner who lost password, app and codes gets back in by one link of the command line, which is then dead', async ({
  page,
  server,
}) => {
  test.setTimeout(120_000)
  const lost = await addPerson(await callAs(server.url), server.url, 'Lou Lost', { role: 'owner' })
  const open = await callAs(server.url, lost)
  const { secret } = await open(startTotp, { body: {} })
  const app = new TOTP({ secret: Secret.fromBase32(secret) })
  await open(confirmTotp, { body: { code: app.generate() } })
  const link = await recoverOwner(server, '--email', lost.email, '--reset-two-step')

  await test.step('the command ends the sessions, and takes nothing else away yet', async () => {
    await expect(open(getMyAccount)).rejects.toMatchObject({ status: 401 })
    expect(await trySignIn(server.url, lost)).toMatchObject([200, { needs: 'second_factor' }])
  })

  await test.step('the page tells what goes, and keeps the secret nowhere', async () => {
    await page.goto(link)
    await expect(page.getByRole('heading', { level: 1, name: 'Get back into your account' })).toBeVisible()
    await expect(page).toHaveURL(`${server.url}/recovery`)
    await expect(page.getByRole('textbox', { name: 'E-mail address' })).toHaveValue(lost.email)
    await expect(page.getByText(/authenticator app, the passkeys and the recovery codes .* removed/)).toBeVisible()
    const kept = await page.evaluate(() =>
      JSON.stringify([history.state, Object.entries(localStorage), Object.entries(sessionStorage)]),
    )
    expect(kept + (await page.content())).not.toContain(new URL(link).hash.slice(1))
    await expectLooks(page)
  })

  const found = { email: lost.email, password: 'seven quiet harbours' }
  await test.step('a new password, and the second step is gone with the old one', async () => {
    await page.getByLabel('New password').fill('password12345')
    await expect(page.getByText(/tried first/)).toBeVisible()
    await page.getByLabel('New password').fill(found.password)
    await page.getByRole('button', { name: 'Set the password and sign in' }).click()
    await expect(page.getByRole('button', { name: 'Account: Lou Lost' })).toBeVisible()
    const state = await page.request.get(getSecondFactor.path)
    expect(await state.json()).toMatchObject({ totpSince: null, passkeys: 0, recoveryCodesLeft: 0 })
    expect(await trySignIn(server.url, lost)).toMatchObject([401, {}])
    expect(await trySignIn(server.url, found)).toMatchObject([200, { user: { email: lost.email } }])
  })

  await test.step('the second time the link opens nothing', async () => {
    await page.goto(link)
    await expect(page.getByRole('heading', { level: 1, name: 'This recovery link is not valid' })).toBeVisible()
    await expect(page).toHaveURL(`${server.url}/recovery`)
    await expect(page.getByLabel('New password')).toHaveCount(0)
    await expectLooks(page)
  })
})
