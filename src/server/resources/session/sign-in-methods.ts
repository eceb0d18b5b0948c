import type { FastifyInstance } from 'fastify'

import { getSignInMethods } from '#api/contract/sign-in-methods.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { registerOidc } from '../oidc/routes.ts'
import { listProviders } from '../oidc/store.ts'
import { relyingPartyOf } from '../passkeys/relying-party.ts'
import { registerPasskeys } from '../passkeys/routes.ts'
import { registerPasskeySignIn } from '../passkeys/sign-in-routes.ts'
import { registerSignInPolicy } from '../second-factor/policy-routes.ts'
import { registerSecondFactor } from '../second-factor/routes.ts'
import { registerSignInStep } from '../second-factor/step-routes.ts'

type MethodDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl' | 'version' | 'log'>

/** Ways to sign in beyond the password, and the second step after it. */
export function registerSignInMethods(app: FastifyInstance, deps: MethodDeps): void {
  serve(app, getSignInMethods, async () => {
    const party = relyingPartyOf(deps.publicUrl())
    const isAvailable = typeof party === 'object'
    const providers = await listProviders(deps.connection.db)
    return {
      password: true as const,
      passkeys: { available: isAvailable, reason: isAvailable ? null : party },
      oidc: providers.filter((row) => row.is_active).map(({ id, name }) => ({ id, name })),
    }
  })

  registerSignInPolicy(app, deps)
  registerSecondFactor(app, deps)
  registerSignInStep(app, deps)
  registerPasskeys(app, deps)
  registerPasskeySignIn(app, deps)
  registerOidc(app, deps)
}
