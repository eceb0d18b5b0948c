import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Deps } from '../../deps.ts'
import { type Claims, hasClaim, withClaimsBeside } from './claims.ts'
import { isIssuerAllowed, type OidcClients } from './client.ts'
import { guardedFetch, isLoopback } from './guarded-fetch.ts'
import type { ProvenPerson } from './person.ts'
import { OidcRefusal } from './refusal.ts'
import { insertRequest, type OidcRequest } from './requests.ts'
import { type ProviderRow, redirectUri } from './store.ts'

export type OidcDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl' | 'version' | 'log'>

/** Begins a sign-in: answers the provider's address that the browser is sent to. Throws `OidcRefusal`. */
export async function beginSignIn(
  provider: ProviderRow,
  nextPath: string,
  reply: FastifyReply,
  clients: OidcClients,
  deps: OidcDeps,
): Promise<string> {
  const oidc = await import('openid-client')
  const config = await clients.open(provider).catch((error: unknown) => {
    throw new OidcRefusal('provider_unavailable', codeOf(error), error)
  })
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(deps.publicUrl(), provider.id),
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  // What a provider says of itself must not lead a browser to a script or to plain http elsewhere.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new OidcRefusal('provider_unavailable', 'authorization_endpoint')
  }
  await insertRequest(provider.id, { state, nonce, verifier, nextPath }, reply, deps)
  return url.href
}

/**
 * Ends a sign-in: issuer, state, code, nonce and the token's signature are checked. Answers who it is. Throws
 * `OidcRefusal`.
 */
export async function endSignIn(
  provider: ProviderRow,
  begun: OidcRequest,
  request: FastifyRequest,
  clients: OidcClients,
  deps: OidcDeps,
): Promise<ProvenPerson> {
  const oidc = await import('openid-client')
  const config = await clients.open(provider).catch((error: unknown) => {
    throw new OidcRefusal('provider_unavailable', codeOf(error), error)
  })
  // From the public address and not from the Host header, which anybody can set.
  const url = new URL(redirectUri(deps.publicUrl(), provider.id))
  url.search = new URL(request.url, 'http://request.invalid').search
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: begun.verifier,
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    })
    const idToken = tokens.claims()
    if (idToken === undefined) throw new OidcRefusal('sign_in_failed', 'no_id_token')
    let claims: Claims = { ...idToken }
    if (lacksSomething(claims, provider) && config.serverMetadata().userinfo_endpoint !== undefined) {
      claims = withClaimsBeside(claims, await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub))
    }
    return { issuer: idToken.iss, subject: idToken.sub, claims }
  } catch (error) {
    throw refusalOf(error)
  }
}

function lacksSomething(claims: Claims, { role_claim }: ProviderRow): boolean {
  const lacksEmail = claims['email'] === undefined || claims['email_verified'] === undefined
  return lacksEmail || (role_claim !== null && !hasClaim(claims, role_claim))
}

/** The provider said no, could not be reached, or sent what does not hold. */
function refusalOf(error: unknown): OidcRefusal {
  if (error instanceof OidcRefusal) return error
  const code = codeOf(error)
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return new OidcRefusal('provider_refused', code, error)
  const isUnreachable = /^(E[A-Z]+|OAUTH_TIMEOUT)$/.test(code)
  return new OidcRefusal(isUnreachable ? 'provider_unavailable' : 'sign_in_failed', code, error)
}

/** Only the code: messages and causes of these errors quote tokens and answers. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[A-Z_]{2,60}$/.test(code)) return code
  }
  return error instanceof Error ? error.name : 'unknown'
}

/** Asks a provider what it is; for the owner who has just entered it. */
export async function tryProvider(
  provider: ProviderRow,
  clients: OidcClients,
  { publicUrl }: Pick<Deps, 'publicUrl'>,
): Promise<{ ok: boolean; message: string }> {
  if (!isIssuerAllowed(provider.issuer, publicUrl())) {
    return { ok: false, message: 'The issuer must be an https address.' }
  }
  try {
    const config = await clients.open(provider)
    const { jwks_uri } = config.serverMetadata()
    if (jwks_uri === undefined) return { ok: false, message: 'The provider names no keys (jwks_uri).' }
    const { ok, status } = await guardedFetch(jwks_uri, { signal: AbortSignal.timeout(10_000) })
    if (!ok) return { ok: false, message: `The provider answered with ${status} when it was asked for its keys.` }
    return { ok: true, message: 'The provider answers. Whether it knows the client shows at the first sign-in.' }
  } catch (error) {
    return {
      ok: false,
      message: `The provider could not be read (${codeOf(error)}). Check the issuer and whether it can be reached from here.`,
    }
  }
}
