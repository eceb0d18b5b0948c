import type { Configuration } from 'openid-client'

import type { Deps } from '../../deps.ts'
import { guardedFetch, isLoopback } from './guarded-fetch.ts'
import type { ProviderRow } from './store.ts'

/** Loaded when the first person signs in by a provider. */
const library = () => import('openid-client')

const TIMEOUT_S = 10
/** After this long the provider's own description is read again. */
const KNOWN_MS = 10 * 60_000

/** What was read of the providers, by id. A provider that was changed is read anew. */
export interface OidcClients {
  /** Throws where the provider cannot be reached, is not the one it should be, or answers nonsense. */
  open(provider: ProviderRow): Promise<Configuration>
}

/** http is for a provider on this machine, and only while Metadeck itself is not on https: development and tests. */
export function isIssuerAllowed(issuer: string, publicUrl: string): boolean {
  const url = new URL(issuer)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (isLoopback(url) && !publicUrl.startsWith('https:'))
}

/** Keeps the descriptions of providers, each for ten minutes, and their keys with them. */
export function createClients({ vault, now, publicUrl }: Pick<Deps, 'vault' | 'now' | 'publicUrl'>): OidcClients {
  const known = new Map<number, { version: number; until: number; opened: Promise<Configuration> }>()
  return {
    open(provider) {
      const version = provider.updated_at.getTime()
      const kept = known.get(provider.id)
      if (kept?.version === version && kept.until > now().getTime()) return kept.opened
      const opened = discover(provider)
      const entry = { version, until: now().getTime() + KNOWN_MS, opened }
      known.set(provider.id, entry)
      // What failed is tried again by the next one who asks.
      opened.catch(() => known.get(provider.id) === entry && known.delete(provider.id))
      return opened
    },
  }

  async function discover({ issuer, client_id, sealed_secret }: ProviderRow): Promise<Configuration> {
    if (!isIssuerAllowed(issuer, publicUrl())) throw new TypeError('The issuer must be reached by https.')
    const oidc = await library()
    const config = await oidc.discovery(
      new URL(issuer),
      client_id,
      { [oidc.clockTolerance]: 30 },
      sealed_secret === null ? oidc.None() : secretAuth(oidc, vault.open(sealed_secret)),
      {
        timeout: TIMEOUT_S,
        [oidc.customFetch]: guardedFetch,
        // The guarded fetch lets http go to this machine and nowhere else.
        ...(issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}),
      },
    )
    // Without it the signature of a token that came by TLS would not be looked at.
    oidc.enableNonRepudiationChecks(config)
    return config
  }
}

/** In the header, as every provider must take it, unless the provider says that it takes it in the body only. */
function secretAuth(oidc: Awaited<ReturnType<typeof library>>, secret: string): ReturnType<typeof oidc.None> {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported
    const takesBasic = methods === undefined || methods.includes('client_secret_basic')
    return (takesBasic ? basic : post)(server, client, body, headers)
  }
}
