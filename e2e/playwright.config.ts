import { defineConfig } from '@playwright/test'

const executablePath = process.env['CHROMIUM'] === '' ? undefined : process.env['CHROMIUM']

/** The built console, a real server with its own database, a real Chromium. Nothing is retried: flaky is broken. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: false,
  // A worker has a server with a database of its own. Alone, it would leave a core of two idle half the time.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Drawing what moves costs more than what is tested by it; workspaces.spec.ts looks at it as it moves.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
