import { MutationObserver, mutationOptions } from '@tanstack/react-query'

import type { OidcProvider } from '#api/contract/oidc.ts'
import { oidc } from '#console/data/oidc.ts'
import type { ProofInput } from '#console/data/second-factor.ts'

import { bodyOf } from './provider-form.ts'

interface SwitchInput {
  provider: OidcProvider
  active: boolean
  proof: ProofInput
}

/**
 * Turns a provider on or off and changes nothing else. A change is sent whole, so the provider is read anew first: what
 * was changed of it since it was drawn, or since the notice with its Undo came, stays.
 */
export function switchProvider() {
  return mutationOptions({
    mutationFn: async ({ provider, active, proof }: SwitchInput, { client }) => {
      const rows = await client.fetchQuery({ ...oidc.list(), staleTime: 0 })
      // One that is gone is sent all the same: the server says so in its own words.
      const now = rows.find(({ id }) => id === provider.id) ?? provider
      const save = new MutationObserver(client, oidc.save())
      return save.mutate({ id: provider.id, body: { ...bodyOf(now), active, proof } })
    },
    gcTime: 0,
  })
}
