import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { PROOF_FIELD } from './second-factor.ts'

/** Why this address allows no passkeys. `address_is_ip`: they need a host name; `needs_https`: or `localhost`. */
export const PasskeyObstacle = z.enum(['address_is_ip', 'needs_https'])
export type PasskeyObstacle = z.infer<typeof PasskeyObstacle>

export const SignInMethods = z.object({
  password: z.literal(true),
  passkeys: z.object({ available: z.boolean(), reason: PasskeyObstacle.nullable() }),
  /** Providers that are turned on; start at `/api:console/oidc/{id}/start?next=/path`. */
  oidc: z.array(z.object({ id: z.number().int(), name: z.string() })),
})
export type SignInMethods = z.infer<typeof SignInMethods>

/** How one can sign in here. Open to everybody: the sign-in page asks. */
export const getSignInMethods = endpoint({
  id: 'signInMethods',
  method: 'GET',
  path: '/api:console/sign-in-methods',
  scope: 'public',
  reply: SignInMethods,
})

export const SignInPolicy = z.strictObject({
  /** True = who has no second step can only set one up when signing in. */
  requiresSecondStep: z.boolean(),
})
export type SignInPolicy = z.infer<typeof SignInPolicy>

export const getSignInPolicy = endpoint({
  id: 'signInPolicyGet',
  method: 'GET',
  path: '/api:console/sign-in-policy',
  scope: 'session',
  reply: SignInPolicy,
})

/**
 * Turned on, it ends the sessions of everybody who has no second step; 409 where the owner who does it has none. Turned
 * off, it needs a proof or a fresh sign-in.
 */
export const putSignInPolicy = endpoint({
  id: 'signInPolicyPut',
  method: 'PUT',
  path: '/api:console/sign-in-policy',
  scope: 'session',
  role: 'owner',
  body: SignInPolicy.extend(PROOF_FIELD),
  reply: SignInPolicy.extend({ endedSessions: z.number().int() }),
})
