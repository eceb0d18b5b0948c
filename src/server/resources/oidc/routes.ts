import type { FastifyInstance } from 'fastify'

import { finishOidc, type OidcFailure, startOidc } from '#api/contract/oidc.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { afterFirstStep } from '../session/first-step.ts'
import { countAgainst, startLimits } from '../session/throttle.ts'
import { createClients } from './client.ts'
import { ownPath } from './next-path.ts'
import { findPerson, type FoundPerson } from './person.ts'
import { registerProviders } from './provider-routes.ts'
import { OidcRefusal } from './refusal.ts'
import { takeRequest } from './requests.ts'
import { beginSignIn, endSignIn, type OidcDeps } from './sign-in.ts'
import { getProvider, type ProviderRow, requireUnchanged } from './store.ts'

/** Sign-in by OpenID Connect, and its providers. */
export function registerOidc(app: FastifyInstance, deps: OidcDeps): void {
  const { db } = deps.connection
  const clients = createClients(deps)
  registerProviders(app, deps, clients)

  serve(app, startOidc, async ({ params, query, request, reply }) => {
    const nextPath = ownPath(query.next)
    void reply.header('cache-control', 'no-store')
    try {
      await countAgainst(db, startLimits('oidc', request.ip), deps.now())
      const url = await beginSignIn(await activeProvider(params.id), nextPath, reply, clients, deps)
      void reply.header('location', url)
    } catch (error) {
      void reply.header('location', failed(toRefusal(error), nextPath))
    }
    return ''
  })

  serve(app, finishOidc, async ({ params, request, reply, trail }) => {
    let nextPath = '/'
    void reply.header('cache-control', 'no-store')
    trail.target = { kind: 'oidc_provider', id: params.id }
    trail.detail = { method: 'oidc' }
    try {
      const provider = await activeProvider(params.id)
      trail.target = { kind: 'oidc_provider', id: provider.id, name: provider.name }
      const begun = await takeRequest(provider.id, request, reply, deps)
      nextPath = begun.nextPath
      const person = await endSignIn(provider, begun, request, clients, deps)
      const user = await db.transaction().execute((trx) => findPerson(trx, provider, person, deps.now()))
      // What became of the account stays, whatever becomes of the sign-in.
      trail.detail = { method: 'oidc', provider: provider.name, ...changesOf(user) }
      const isEnough = provider.counts_as_second_factor
      const settle = (trx: Db) => requireUnchanged(trx, provider)
      const next = await afterFirstStep({ user, method: 'oidc', isEnough, settle }, { request, reply, trail }, deps)
      void reply.header('location', 'needs' in next ? signInPage({ step: '1' }, nextPath) : here(nextPath))
    } catch (error) {
      const refusal = toRefusal(error)
      trail.detail = { ...trail.detail, outcome: 'failed', code: refusal.code, reason: refusal.reason }
      void reply.header('location', failed(refusal, nextPath))
    }
    return ''
  })

  async function activeProvider(id: number): Promise<ProviderRow> {
    const provider = await getProvider(db, id)
    if (!provider.is_active) throw new OidcRefusal('provider_unknown')
    return provider
  }

  /** Everything that goes wrong leads to the sign-in page; what nobody expected is in the log as well. */
  function toRefusal(error: unknown): OidcRefusal {
    if (error instanceof OidcRefusal) {
      if (error.cause !== undefined) deps.log.warn({ code: error.code, reason: error.reason }, 'a provider failed')
      return error
    }
    if (error instanceof AppError && error.code in BY_CODE)
      return new OidcRefusal(BY_CODE[error.code] ?? 'sign_in_failed')
    deps.log.error({ err: error }, 'a sign-in by a provider failed')
    return new OidcRefusal('sign_in_failed')
  }

  function failed({ code }: OidcRefusal, nextPath: string): string {
    return signInPage({ error: code }, nextPath)
  }

  function signInPage(query: Record<string, string>, nextPath: string): string {
    return here(
      `/sign-in?${new URLSearchParams({ ...query, ...(nextPath === '/' ? {} : { next: nextPath }) }).toString()}`,
    )
  }

  /** Always with the own origin: no path can be read as another host. */
  function here(path: string): string {
    return `${deps.publicUrl()}${path}`
  }
}

/** For the audit log: nothing where the account is what it was. */
function changesOf({ id, email, disabledTokens, ...found }: FoundPerson): Record<string, unknown> {
  const { created, linked, roleBefore, roleAfter } = found
  if (!created && !linked && roleBefore === roleAfter) return {}
  const tokens = disabledTokens.map((token) => ({ id: token, fate: 'disabled' }))
  return { account: { id, email }, ...found, ...(tokens.length > 0 ? { tokens } : {}) }
}

const BY_CODE: Partial<Record<AppError['code'], OidcFailure>> = {
  not_found: 'provider_unknown',
  too_many_requests: 'too_many_attempts',
  access_denied: 'no_access',
}
