import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { type Configuration, Provider } from 'oidc-provider'

/** Claims of the person who signs in at the provider. */
export type TestPerson = { sub: string } & Record<string, unknown>

/** A real OpenID Connect provider on this machine, at which signing in takes no click. */
export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in next. */
  person: TestPerson
  /** True = tokens are signed by a key that the provider does not publish. */
  isForged: boolean
  /** Follows the redirects from this address as a browser does; answers the first one that leaves the provider. */
  visit(url: string): Promise<string>
  close(): Promise<void>
}

/** Starts one that sends browsers back to these addresses only. */
export async function startTestProvider(redirectUris: string[]): Promise<TestProvider> {
  const [clientId, clientSecret] = ['metadeck-test', 'a client secret: with / and +']
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    person: { sub: 'nobody' },
    isForged: false,
    visit,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const people = new Map<string, TestPerson>()
  const provider = new Provider(issuer, {
    ...SETTINGS,
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => people.get(sub) ?? { sub } }),
  })
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { id_token?: string } | undefined
    if (state.isForged && typeof body?.id_token === 'string') body.id_token = signedAnew(body.id_token)
  })
  const callback = provider.callback()
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) void callback(request, response)
    else void agree(provider, state.person, people, request, response)
  }
  return state

  async function visit(url: string): Promise<string> {
    const cookies = new Map<string, string>()
    let at = url
    for (let hops = 0; hops < 15 && at.startsWith(issuer); hops += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const reply = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const line of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      const location = reply.headers.get('location')
      if (location === null) throw new Error(`The provider answered ${reply.status}: ${await reply.text()}`)
      at = new URL(location, at).href
    }
    return at
  }
}

const SETTINGS: Configuration = {
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  jwks: {
    keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] as NonNullable<
      Configuration['jwks']
    >['keys'],
  },
  pkce: { required: () => true },
}

/** Signs the person in and grants what is asked for. */
async function agree(
  provider: Provider,
  person: TestPerson,
  people: Map<string, TestPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    people.set(person.sub, person)
    await provider.interactionFinished(request, response, { login: { accountId: person.sub } })
    return
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) })
  grant.addOIDCScope('openid email profile')
  const consent = { grantId: await grant.save() }
  await provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
}

const FOREIGN_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** The same token with the signature of another key. */
function signedAnew(token: string): string {
  const content = token.split('.').slice(0, 2).join('.')
  const key = createPrivateKey(FOREIGN_KEY.export({ format: 'pem', type: 'pkcs8' }))
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`
}
