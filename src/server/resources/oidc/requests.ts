import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { newSecret, sha256 } from '../../credentials.ts'
import type { Deps } from '../../deps.ts'
import { dropCookie, type OwnCookie, sendCookie } from '../session/cookie.ts'
import { OidcRefusal } from './refusal.ts'

type RequestDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl'>

/** A sign-in at a provider may take this long. */
const REQUEST_LIFE_MS = 10 * 60_000

/** One cookie a sign-in, so that two tabs do not disturb each other. Lax: the way back comes from another site. */
function cookieOf(state: string): OwnCookie {
  const name = `metadeck_oidc_${sha256(state).toString('hex').slice(0, 12)}`
  return { name, path: '/api:console/oidc/', sameSite: 'lax' }
}

/** What is kept of a sign-in while the browser is at the provider. */
export interface OidcRequest {
  state: string
  nonce: string
  verifier: string
  nextPath: string
}

/** Keeps a sign-in under its state, and binds it to the browser by a cookie. */
export async function insertRequest(
  providerId: number,
  { state, nonce, verifier, nextPath }: OidcRequest,
  reply: FastifyReply,
  { connection: { db }, vault, now, publicUrl }: RequestDeps,
): Promise<void> {
  const browser = newSecret()
  const expiresAt = new Date(now().getTime() + REQUEST_LIFE_MS)
  await db.deleteFrom('oidc_request').where('expires_at', '<=', now()).execute()
  await db
    .insertInto('oidc_request')
    .values({
      state_hash: sha256(state),
      browser_hash: sha256(browser),
      provider_id: providerId,
      nonce,
      sealed_verifier: vault.seal(verifier),
      next_path: nextPath,
      expires_at: expiresAt,
    })
    .execute()
  sendCookie(reply, cookieOf(state), { secret: browser, expiresAt }, publicUrl())
}

/**
 * Uses up the sign-in that a callback names. Throws `OidcRefusal` where its state is unknown, over or used, or another
 * browser began it.
 */
export async function takeRequest(
  providerId: number,
  request: FastifyRequest,
  reply: FastifyReply,
  { connection: { db }, vault, now, publicUrl }: RequestDeps,
): Promise<OidcRequest> {
  const { state } = request.query as { state?: unknown }
  if (typeof state !== 'string') throw new OidcRefusal('sign_in_expired')
  const browser = request.cookies[cookieOf(state).name]
  if (browser === undefined) throw new OidcRefusal('sign_in_expired')
  dropCookie(reply, cookieOf(state), publicUrl())
  const row = await db
    .deleteFrom('oidc_request')
    .where('state_hash', '=', sha256(state))
    .where('browser_hash', '=', sha256(browser))
    .where('provider_id', '=', providerId)
    .where('expires_at', '>', now())
    .returning(['nonce', 'sealed_verifier', 'next_path'])
    .executeTakeFirst()
  if (row === undefined) throw new OidcRefusal('sign_in_expired')
  return { state, nonce: row.nonce, verifier: vault.open(row.sealed_verifier), nextPath: row.next_path }
}
