import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const MODULE = join(import.meta.dirname, '..', 'src', 'server', 'resources', 'oidc', 'provider-fixture.ts')

/** Prints how it is reached, as one line of JSON; each line of input is who signs in next; ends with its input. */
const PROGRAM = `
  import { createInterface } from 'node:readline'
  import { startTestProvider } from ${JSON.stringify(MODULE)}
  const provider = await startTestProvider([process.argv[1]])
  const { issuer, clientId, clientSecret } = provider
  console.log(JSON.stringify({ issuer, clientId, clientSecret }))
  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => {
    provider.person = JSON.parse(line)
    console.log('heard')
  })
  input.on('close', () => void provider.close().then(() => process.exit(0)))
`

export interface OidcProviderProcess {
  issuer: string
  clientId: string
  clientSecret: string
  /** Tells it who signs in next, by the claims. */
  nextPerson(claims: { sub: string; email: string; email_verified: boolean; name: string }): Promise<void>
  stop(): Promise<void>
}

/** The OpenID Connect provider of the server's tests, in a process of its own. It sends browsers back to this address only. */
export async function startOidcProvider(redirectUri: string): Promise<OidcProviderProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, redirectUri], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const place = JSON.parse(line.toString()) as Pick<OidcProviderProcess, 'issuer' | 'clientId' | 'clientSecret'>
  return {
    ...place,
    async nextPerson(claims) {
      const heard = once(child.stdout, 'data')
      child.stdin.write(`${JSON.stringify(claims)}\n`)
      await heard
    },
    async stop() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
