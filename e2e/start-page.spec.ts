import { expect, giveSession, test } from './fixtures.ts'

/** JavaScript and CSS of the first page after sign-in, compressed, in bytes (issue: at most 220 kB). */
const BUDGET_BYTES = 220_000

test('the first page after sign-in transfers at most 220 kB of JavaScript and CSS', async ({ browser, server }) => {
  // Nothing of it may be there before.
  const context = await browser.newContext()
  const page = await context.newPage()
  await giveSession(page, server.url)
  const sizes = new Map<string, number>()
  const pending: Promise<void>[] = []
  page.on('response', (response) => {
    const type = response.request().resourceType()
    if (type !== 'script' && type !== 'stylesheet') return
    pending.push(
      response
        .request()
        .sizes()
        .then((found) => void sizes.set(response.url(), found.responseBodySize)),
    )
    if (!response.url().includes('/assets/')) return
    expect(response.headers()['content-encoding']).toBe('br')
    expect(response.headers()['cache-control']).toMatch(/immutable/)
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await Promise.all(pending)
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  test.info().annotations.push({ type: 'transferred', description: `${total} bytes in ${sizes.size} files` })
  expect(sizes.size).toBeGreaterThan(1)
  expect(total).toBeLessThanOrEqual(BUDGET_BYTES)
  await context.close()
})

test('index.html has an ETag and is asked for anew; gzip serves who has no brotli', async ({ request }) => {
  const headers = { 'accept-encoding': 'gzip' }
  const page = await request.get('/', { headers })
  const etag = page.headers()['etag']
  expect(etag).toBeTruthy()
  expect(page.headers()['cache-control']).toBe('no-cache')
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? ''
  const again = await request.get('/', { headers: { ...headers, 'if-none-match': etag ?? '' } })
  expect(again.status()).toBe(304)
  const asset = await request.get(script, { headers })
  expect(asset.headers()['content-encoding']).toBe('gzip')
})
