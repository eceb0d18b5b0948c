import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'

import * as contract from '#api/contract/oidc.ts'

import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { isIssuerAllowed, type OidcClients } from './client.ts'
import { tryProvider } from './sign-in.ts'
import * as store from './store.ts'

type ProviderDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl'>
type Sent = z.output<typeof contract.SaveOidcProvider>

/** The providers that people may sign in by. For owners: whoever controls one controls who gets in. */
export function registerProviders(app: FastifyInstance, deps: ProviderDeps, clients: OidcClients): void {
  const { db } = deps.connection

  serve(app, contract.listOidcProviders, async () => {
    const rows = await store.listProviders(db)
    return { items: rows.map((row) => store.toProvider(row, deps.publicUrl())) }
  })

  serve(app, contract.createOidcProvider, async ({ body, trail }) => {
    const sealedSecret = sealed(body.clientSecret ?? '')
    const row = await store.insertProvider(db, { ...checked(body), sealedSecret }, deps.now())
    noteTrail(trail, row)
    return store.toProvider(row, deps.publicUrl())
  })

  serve(app, contract.updateOidcProvider, async ({ params, body, trail }) => {
    const row = await db.transaction().execute(async (trx) => {
      const before = await store.getProvider(trx, params.id)
      const goesElsewhere = body.issuer !== before.issuer || body.clientId !== before.client_id
      if (body.clientSecret === undefined && before.sealed_secret !== null && goesElsewhere) {
        throw invalidInput('clientSecret', 'Give the client secret anew: it would go to another provider or client.')
      }
      const sealedSecret = body.clientSecret === undefined ? undefined : sealed(body.clientSecret)
      return store.updateProvider(trx, params.id, { ...checked(body), sealedSecret }, deps.now())
    })
    noteTrail(trail, row)
    return store.toProvider(row, deps.publicUrl())
  })

  serve(app, contract.deleteOidcProvider, async ({ params, trail }) => {
    const row = await store.getProvider(db, params.id)
    await db.deleteFrom('oidc_provider').where('id', '=', row.id).execute()
    noteTrail(trail, row)
    return null
  })

  serve(app, contract.testOidcProvider, async ({ params, trail }) => {
    const row = await store.getProvider(db, params.id)
    const outcome = await tryProvider(row, clients, deps)
    trail.target = { kind: 'oidc_provider', id: row.id, name: row.name }
    trail.detail = { ok: outcome.ok }
    return outcome
  })

  function checked(body: Sent): Sent {
    if (!isIssuerAllowed(body.issuer, deps.publicUrl())) {
      throw invalidInput('issuer', 'Give an https address without a user, a query or a fragment.')
    }
    return body
  }

  function sealed(secret: string): string | null {
    return secret === '' ? null : deps.vault.seal(secret)
  }
}

function noteTrail(trail: HandlerInput<typeof contract.createOidcProvider>['trail'], row: store.ProviderRow): void {
  trail.target = { kind: 'oidc_provider', id: row.id, name: row.name }
  trail.detail = {
    issuer: row.issuer,
    clientId: row.client_id,
    allowedDomains: row.allowed_domains,
    createsAccounts: row.creates_accounts,
    roles: [...new Set([...row.role_rules.map(({ role }) => role), row.new_role])],
    active: row.is_active,
  }
}
