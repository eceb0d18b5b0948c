import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'

import * as contract from '#api/contract/oidc.ts'

import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { serve, type Trail } from '../../route.ts'
import { changed } from '../../trail.ts'
import { keepingAnOwner } from '../members/change-members.ts'
import { requireStrongProof } from '../second-factor/proof.ts'
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

  serve(app, contract.createOidcProvider, async ({ body, caller, request, trail }) => {
    await requireStrongProof(caller, body.proof, request, deps)
    const sealedSecret = sealed(body.clientSecret ?? '')
    const row = await store.insertProvider(db, { ...checked(body), sealedSecret }, deps.now())
    noteTrail(trail, null, row)
    return store.toProvider(row, deps.publicUrl())
  })

  serve(app, contract.updateOidcProvider, async ({ params, body, caller, request, trail }) => {
    await requireStrongProof(caller, body.proof, request, deps)
    const { before, after } = await keepingAnOwner(db, async (trx) => {
      const row = await store.getProvider(trx, params.id)
      const goesElsewhere = body.issuer !== row.issuer || body.clientId !== row.client_id
      if (body.clientSecret === undefined && row.sealed_secret !== null && goesElsewhere) {
        throw invalidInput('clientSecret', 'Give the client secret anew: it would go to another provider or client.')
      }
      const sealedSecret = body.clientSecret === undefined ? undefined : sealed(body.clientSecret)
      const fields = { ...checked(body), sealedSecret }
      return { before: row, after: await store.updateProvider(trx, params.id, fields, deps.now()) }
    })
    noteTrail(trail, before, after)
    return store.toProvider(after, deps.publicUrl())
  })

  serve(app, contract.deleteOidcProvider, async ({ params, trail }) => {
    const row = await keepingAnOwner(db, async (trx) => {
      const gone = await store.getProvider(trx, params.id)
      await trx.deleteFrom('oidc_provider').where('id', '=', gone.id).execute()
      return gone
    })
    noteTrail(trail, row, null)
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

/** Null where it was not there before, or is not there any more. */
function noteTrail(trail: Trail, before: store.ProviderRow | null, after: store.ProviderRow | null): void {
  const row = after ?? before
  trail.target = { kind: 'oidc_provider', id: row?.id, name: row?.name }
  Object.assign(trail, changed(before && shownInAudit(before), after && shownInAudit(after)))
}

/** All that tells who gets in, and with which rights. The secret is masked: only that it changed is told. */
function shownInAudit(row: store.ProviderRow): object {
  const { id: _id, created_at: _createdAt, updated_at: _updatedAt, ...rules } = row
  return rules
}
