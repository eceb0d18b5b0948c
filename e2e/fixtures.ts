import { AxeBuilder } from '@axe-core/playwright'
import { test as base, type BrowserContext, expect, type Page } from '@playwright/test'

import { type Call, createCall } from '#api/client/call.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import { OWNER, type Server, START_LIMIT_MS, startOwnedServer } from './server.ts'

interface WorkerFixtures {
  /** One server for all tests of a worker; data has unique names. */
  server: Server
  /** The typed client with a token that holds every scope. */
  api: Call
  /** What the worker's tests share of the browser, once the first of them has opened it. */
  warm: { context?: BrowserContext }
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
    { scope: 'worker', timeout: START_LIMIT_MS },
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
  warm: [
    async ({}, use) => {
      const warm: WorkerFixtures['warm'] = {}
      await use(warm)
      await warm.context?.close()
    },
    { scope: 'worker' },
  ],
  // A context of its own for every test would load and compile the whole console anew: most of the time that a short test
  // takes. One is used again instead, emptied of all but its cache; every test has a new page.
  context: async ({ browser, server, warm }, use) => {
    warm.context ??= await openWarm(await browser.newContext(), server.url)
    await use(warm.context)
    await empty(warm.context, server.url)
  },
  baseURL: async ({ server }, use) => use(server.url),
  signedIn: async ({ page, server }, use) => {
    await giveSession(page, server.url)
    await use(page)
  },
})

export { expect }

/** With a page that stays open: the browser keeps what it compiled as long as one of the site is. */
async function openWarm(context: BrowserContext, url: string): Promise<BrowserContext> {
  const keeper = await context.newPage()
  await keeper.goto(`${url}/favicon.svg`)
  return context
}

/** Closes the pages of a test and forgets cookies, permissions, routes, listeners and what pages have stored. */
async function empty(context: BrowserContext, url: string): Promise<void> {
  const [keeper, ...pages] = context.pages()
  if (keeper === undefined) throw new Error('A test closed the page that is to stay')
  for (const page of pages) await page.close()
  await context.removeAllListeners('request', { behavior: 'ignoreErrors' })
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await context.clearPermissions()
  await context.clearCookies()
  const devtools = await context.newCDPSession(keeper)
  const storageTypes = 'local_storage,indexeddb,cache_storage,service_workers'
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes })
  await devtools.detach()
}

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
  // Half a megabyte, which a page needs once.
  const isThere = await page.evaluate(() => 'axe' in window)
  const { violations } = await new AxeBuilder({ page, ...(isThere ? { axeSource: 'void 0' } : {}) })
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
