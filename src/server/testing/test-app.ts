import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'

import { type Call, createCall } from '#api/client/call.ts'
import { ALL_SCOPES, type Scopes } from '#api/contract/scopes.ts'

import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import { injectFetch } from '../inject-fetch.ts'
import { openJobQueue } from '../jobs/open-queue.ts'
import { openHub } from '../realtime/hub.ts'
import { createOwner } from '../resources/setup/owner.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { openFolderStorage } from '../storage/folder.ts'
import { openTargets } from '../storage/open-targets.ts'
import { createVault } from '../vault.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export const OWNER = { name: 'Olive Owner', email: 'owner@example.com', password: 'correct horse battery' }

export interface TestApp {
  app: FastifyInstance
  deps: Deps
  database: TestDatabase
  dataDir: string
  /** Calls with a token that holds every scope. */
  call: Call
  /** Calls with a token that holds these scopes and reaches these workspaces. */
  callAs(scopes: Scopes, workspaces?: 'all' | number[]): Promise<Call>
  /** Calls with these headers and nothing else: sign-in, bad tokens. */
  callWith(headers: Record<string, string>): Call
  /** Signs the owner in; calls with the session cookie. */
  signIn(): Promise<Call>
  /** Moves the app's clock; times are taken from it, not from the machine. */
  advance(ms: number): void
  close(): Promise<void>
}

/** The real app on a real database of its own, reached through the typed client over `app.inject`. */
export async function createTestApp(): Promise<TestApp> {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'mdt-app-'))
  let offsetMs = 0
  const vault = createVault(Buffer.alloc(32, 7))
  const base = {
    config: readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }),
    publicUrl: () => 'http://localhost',
    version: '0.0.0-test',
    connection: database,
    hub: await openHub(database.options, () => undefined),
    targets: openTargets({ db: database.db, vault, builtIn: await openFolderStorage(join(dataDir, 'backups')) }),
    files: await openFolderStorage(join(dataDir, 'files')),
    vault,
    now: () => new Date(Date.now() + offsetMs),
    log: pino({ level: 'silent' }),
  }
  const jobs = await openJobQueue(base, database.options)
  const deps: Deps = { ...base, jobs }
  const app = await buildApp(deps, { consoleFolder: join(dataDir, 'no-console') })
  await app.ready()
  const ownerId = await createOwner(database, OWNER, null, deps.now())
  const callWith = (headers: Record<string, string>): Call => createCall({ base: '', headers, fetch: injectFetch(app) })
  const callAs = async (scopes: Scopes, workspaces: 'all' | number[] = 'all'): Promise<Call> => {
    const input = { name: 'test', expiresInSeconds: null, scopes, workspaces }
    const { secret } = await insertToken(database.db, input, ownerId, deps.now())
    return callWith({ authorization: `Bearer ${secret}` })
  }
  return {
    app,
    deps,
    database,
    dataDir,
    call: await callAs(ALL_SCOPES),
    callAs,
    callWith,
    async signIn() {
      const reply = await app.inject({
        method: 'POST',
        url: '/api:console/session',
        payload: { email: OWNER.email, password: OWNER.password },
      })
      const cookie = reply.cookies[0]
      return callWith({ cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` })
    },
    advance: (ms) => (offsetMs += ms),
    async close() {
      await app.close()
      await jobs.close()
      await deps.hub.close()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
