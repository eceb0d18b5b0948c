import { isIP } from 'node:net'

import type { PasskeyObstacle } from '#api/contract/sign-in-methods.ts'

import { AppError } from '../../errors.ts'

/** Who passkeys are made for: the host name of the address, and the one origin that may use them. */
export interface RelyingParty {
  id: string
  origin: string
}

/** What the public address makes of passkeys: browsers ask for a host name, and for https or `localhost`. */
export function relyingPartyOf(publicUrl: string): RelyingParty | PasskeyObstacle {
  const { hostname, origin, protocol } = new URL(publicUrl)
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) return 'address_is_ip'
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  if (protocol !== 'https:' && !isLocal) return 'needs_https'
  return { id: hostname, origin }
}

const WHY: Record<PasskeyObstacle, string> = {
  address_is_ip: 'Passkeys need a host name, and this Metadeck is reached by an IP address. Set PUBLIC_URL to a name.',
  needs_https: 'Passkeys need https, or the host name localhost. Set PUBLIC_URL to an https address.',
}

/** The same, where there is no going on without; throws 409 with the reason. */
export function requireRelyingParty(publicUrl: string): RelyingParty {
  const party = relyingPartyOf(publicUrl)
  if (typeof party === 'object') return party
  throw new AppError('conflict', WHY[party], { payload: { reason: party } })
}
