import { hash } from '@node-rs/argon2'

import { type Call, createCall } from '#api/client/call.ts'

import { injectFetch } from '../../inject-fetch.ts'
import type { TestApp } from '../../testing/test-app.ts'

/** A browser as far as a server can tell: it keeps cookies and has an address and a name. */
export interface TestBrowser {
  call: Call
  cookies: Map<string, string>
  /** A plain request, for answers that are no JSON. */
  get(url: string): Promise<{ status: number; location: string; setCookies: string[] }>
}

/** Opens one; `address` is the one that the server sees. */
export function openBrowser(
  { app }: Pick<TestApp, 'app'>,
  { userAgent = 'test-browser', address = '127.0.0.1' } = {},
): TestBrowser {
  const cookies = new Map<string, string>()
  const headers = (): Record<string, string> => ({
    'user-agent': userAgent,
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  })
  const keep = (sent: readonly string[]): void => {
    for (const line of sent) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const elsewhere = { inject: (request: object) => app.inject({ ...request, remoteAddress: address }) }
  const inject = injectFetch(elsewhere as unknown as typeof app)
  const call = createCall({
    base: '',
    headers: {},
    fetch: async (input, init) => {
      const sent = { ...(init?.headers as Record<string, string>), ...headers() }
      const reply = await inject(input, { ...init, headers: sent })
      keep(reply.headers.getSetCookie())
      return reply
    },
  })
  return {
    call,
    cookies,
    async get(url) {
      const reply = await app.inject({ method: 'GET', url, headers: headers(), remoteAddress: address })
      const sent = [reply.headers['set-cookie'] ?? []].flat()
      keep(sent)
      return { status: reply.statusCode, location: reply.headers.location ?? '', setCookies: sent }
    },
  }
}

export const PASSWORD = 'correct horse battery'
/** Cheap to check: the cost of a hash is in the hash. */
const HASH = hash(PASSWORD, { memoryCost: 1_024, timeCost: 1, parallelism: 1 })

/** Adds an account with the password above. */
export async function addPerson(
  { database, deps }: Pick<TestApp, 'database' | 'deps'>,
  email: string,
  role: 'owner' | 'admin' | 'member' = 'member',
): Promise<number> {
  const { id } = await database.db
    .insertInto('user')
    .values({ email, name: email, password_hash: await HASH, role, created_at: deps.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
