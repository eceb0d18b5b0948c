import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = {
  include: ['src/server/**/*.test.ts'],
  globalSetup: ['src/server/testing/global-setup.ts'],
  // Some start whole servers, beside other workers that do the same: a limit for what hangs, not for what is slow.
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

/** Tests in which the version of the database has no part: run once, on the embedded server. */
const EMBEDDED_ONLY = [
  'src/server/db/embedded/**',
  'src/server/*.test.ts',
  'src/server/{cli,jobs,plugins,realtime,security,storage}/**',
  'src/server/testing/conformance/**',
  'src/server/archive/{age,bad-archive,damaged-archive}.test.ts',
  'src/server/resources/{backups,events,notifications,oidc,passkeys,protection,schedules,second-factor,targets,uploads}/**',
  'src/server/resources/restores/faults.test.ts',
  'src/server/resources/constructs/text-budget.test.ts',
]

/** The console's build and development server, and the unit and API tests. The server needs no build. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { outDir: 'dist/console', sourcemap: false, target: 'es2023' },
  server: {
    host: '127.0.0.1',
    proxy: {
      // `npm run dev` starts the server on 4000; everything that is not the console goes there.
      '^/(api:|apispec:|instance/|rt/|v1/|vault/|healthz|readyz|metrics)': {
        target: 'http://127.0.0.1:4000',
        ws: true,
      },
    },
  },
  test: {
    environment: 'node',
    // No test replaces a module or leaves anything behind in one: loading them once for all files halves the time.
    isolate: false,
    // Each file has a database of its own and waits for it, for processes and for the disk a good part of the time: two
    // workers would leave two cores idle for as long.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Programs that tests start: compiled once, as by `npm start`.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    // What is waited for comes in milliseconds; on a busy machine it may take longer than the default second.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        // Thousands of made-up documents take a second alone, and many times that beside other workers.
        test: { name: 'unit', include: ['src/{api,xanoscript,console}/**/*.test.ts'], testTimeout: 30_000 },
      },
      { extends: true, test: { name: 'server', ...server } },
      // The same server tests on a PostgreSQL of the caller's choice: the oldest supported version in CI.
      ...(process.env['TEST_DATABASE_URL'] === undefined
        ? []
        : [{ extends: true as const, test: { name: 'server-external', ...server, exclude: EMBEDDED_ONLY } }]),
    ],
  },
})
