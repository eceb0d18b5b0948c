import { type Call, createCall } from '#api/client/call.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createToken } from '#api/contract/tokens.ts'

import { OWNER } from '../e2e/server.ts'

/** Signs the owner in, makes a token that may do everything, and answers a `call` that uses it. */
export async function tokenCall(url: string): Promise<{ call: Call; token: string }> {
  const reply = await fetch(`${url}/api:console/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  })
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
  const session = createCall({ base: url, fetch, headers: { cookie } })
  const { token } = await session(createToken, {
    body: { name: 'bench', expiresInSeconds: 86_400, scopes: ALL_SCOPES, workspaces: 'all' },
  })
  return { token, call: createCall({ base: url, fetch, headers: { authorization: `Bearer ${token}` } }) }
}
