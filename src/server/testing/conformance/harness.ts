import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

import { ALL_SCOPES, parseScopeKey, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'

import { insertToken } from '../../resources/tokens/store.ts'
import { createTestApp } from '../test-app.ts'
import { type Valid, validInput } from './inputs.ts'
import type { Operation } from './shared-contract.ts'
import { createWorld, formBody, type World } from './world.ts'

/** The app and what calls are made with. */
export interface Harness {
  app: FastifyInstance
  /** Headers of a token with every scope. */
  headers: Record<string, string>
  tokenWith(scopes: Scopes): Promise<Record<string, string>>
  /** True where the database could have the extension. */
  hasExtension(name: string): Promise<boolean>
  close(): Promise<void>
}

/** How a call differs from the valid one. */
export interface Deviation {
  params?: Record<string, string | number>
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}

export async function createHarness(): Promise<Harness> {
  const test$ = await createTestApp()
  const tokenWith = async (scopes: Scopes): Promise<Record<string, string>> => {
    const input = { name: 'conformance', expiresInSeconds: null, scopes, workspaces: 'all' as const }
    const { secret } = await insertToken(test$.database.db, input, null, new Date())
    return { authorization: `Bearer ${secret}` }
  }
  const hasExtension = async (name: string): Promise<boolean> => {
    const { rows } = await test$.database.pool.query('select 1 from pg_available_extensions where name = $1', [name])
    return rows.length > 0
  }
  return { app: test$.app, headers: await tokenWith(ALL_SCOPES), tokenWith, hasExtension, close: () => test$.close() }
}

/** Every scope but the one that the key asks for. */
export function scopesWithout(key: string): Scopes {
  const { name, letter } = parseScopeKey(key as ScopeKey)
  return { ...ALL_SCOPES, [name]: (ALL_SCOPES[name] ?? '').replace(letter, '') }
}

/** Calls an operation as its parameters and the world say, with the deviation laid over. */
export async function callOperation(
  harness: Harness,
  operation: Operation,
  world: World,
  deviation: Deviation = {},
): Promise<LightMyRequestResponse> {
  const valid = validInput(operation.id, world)
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(deviation.params?.[name] ?? world[name as keyof World])),
  )
  const query = new URLSearchParams({ ...valid?.query, ...deviation.query }).toString()
  const { payload, headers } = payloadOf(operation, valid, deviation)
  return harness.app.inject({
    method: operation.method,
    url: `/api:meta${path}${query === '' ? '' : `?${query}`}`,
    headers: { ...headers, ...(deviation.headers ?? harness.headers) },
    ...(payload === undefined ? {} : { payload }),
  })
}

function payloadOf(
  operation: Operation,
  valid: Valid | undefined,
  deviation: Deviation,
): { payload?: string; headers: Record<string, string> } {
  if ('body' in deviation) {
    return { payload: JSON.stringify(deviation.body), headers: { 'content-type': 'application/json' } }
  }
  if (operation.id === 'fileUpload') {
    return formBody({ content: { filename: 'a.txt', type: 'text/plain', content: 'Text.' }, access: 'private' })
  }
  if (valid?.xanoscript !== undefined) {
    return { payload: valid.xanoscript, headers: { 'content-type': 'text/x-xanoscript' } }
  }
  if (valid?.body !== undefined) {
    return { payload: JSON.stringify(valid.body), headers: { 'content-type': 'application/json' } }
  }
  return { headers: {} }
}

/** A world that is read only: one for all tests of a file. */
export async function sharedWorld(harness: Harness): Promise<World> {
  return createWorld(harness)
}
