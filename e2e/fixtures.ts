import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

import { type Call, createCall } from '#api/client/call.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import { OWNER, type Server, startOwnedServer } from './server.ts'

interface WorkerFixtures {
  /** One server for all tests of a worker; data has unique names. */
  server: Server
  /** The typed client with a token that holds every scope. */
  api: Call
}

interface TestFixtures {
  /** A page whose owner is signed in, on this server. */
  signedIn: Page
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startOwnedServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  api: [
    async ({ server }, use) => {
      const cookie = await signInByFetch(server.url)
      const session = createCall({ base: server.url, fetch, headers: { cookie } })
      const { token } = await session(createToken, {
        body: { name: 'end to end', expiresInSeconds: 3_600, scopes: ALL_SCOPES, workspaces: 'all' },
      })
      await use(createCall({ base: server.url, fetch, headers: { authorization: `Bearer ${token}` } }))
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  signedIn: async ({ page, server }, use) => {
    await giveSession(page, server.url)
    await use(page)
  },
})

export { expect }

/** Signs the page in, as the owner or whoever is named. */
export async function giveSession(page: Page, url: string, who?: { email: string; password: string }): Promise<void> {
  const [name = '', value = ''] = (await signInByFetch(url, who)).split('=')
  await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
}

/** Signs the owner in, or whoever is named, and answers the cookie as `name=value`. */
export async function signInByFetch(url: string, who: { email: string; password: string } = OWNER): Promise<string> {
  const reply = await fetch(`${url}/api:console/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  })
  return reply.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The page has nothing that axe objects to (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // The mode that needs no page of its own and no copy of all that was found good halves the time. It does not look into
  // frames of other origins: there must be none.
  expect(page.frames()).toHaveLength(1)
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode()
    .analyze()
  expect(
    violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(' ')).join(', ')}`),
  ).toEqual([])
}

let counter = 0

/** A name that no other test of this run uses. */
export function unique(name: string): string {
  counter += 1
  return `${name} ${process.pid}-${counter}`
}
