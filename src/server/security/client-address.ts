import type { IncomingHttpHeaders } from 'node:http'
import type { BlockList } from 'node:net'
import { isIP } from 'node:net'

import { isWithin, plainAddress } from './networks.ts'

/** Longest chain of proxies that is walked. */
const HOPS_MAX = 20

/**
 * The address that a request comes from: `peer`, or, where that is a trusted proxy, what it says in `X-Forwarded-For`.
 * Read from the right: each trusted proxy vouches for the entry that it added, and for nothing further left, which the
 * client may have written itself.
 */
export function clientAddress(peer: string, headers: IncomingHttpHeaders, trusted: BlockList): string {
  if (!isWithin(trusted, peer)) return peer
  const header = headers['x-forwarded-for']
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').slice(-HOPS_MAX)
  let address = peer
  for (const hop of hops.toReversed()) {
    const next = withoutPort(hop.trim())
    if (isIP(next) === 0) return address
    address = plainAddress(next)
    if (!isWithin(trusted, address)) return address
  }
  return address
}

/** Some proxies write `10.0.0.1:5123` or `[::1]:5123`. */
function withoutPort(hop: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(hop) ?? []
  return bracketed ?? plain ?? hop
}
