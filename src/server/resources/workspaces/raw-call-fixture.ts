import { ALL_SCOPES } from '#api/contract/scopes.ts'

import type { TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

/** For tests: an answer with what the typed client hides. */
interface RawReply {
  status: number
  etag: string
  body: Record<string, unknown>
}

export type RawCall = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  input?: { body?: object; ifMatch?: string },
) => Promise<RawReply>

/** Calls below `/api:meta/workspace` with a token that holds every scope. */
export async function rawCall({ app, database }: TestApp): Promise<RawCall> {
  const input = { name: 'raw', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  const { secret } = await insertToken(database.db, input, null, new Date())
  return async (method, url, { body, ifMatch } = {}) => {
    const reply = await app.inject({
      method,
      url: `/api:meta/workspace${url}`,
      headers: { authorization: `Bearer ${secret}`, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: reply.statusCode, etag: reply.headers['etag'] ?? '', body: reply.json() }
  }
}
