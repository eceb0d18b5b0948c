import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** An address that nothing of ours may go to. */
export class RefusedAddress extends Error {
  override name = 'RefusedAddress'
}

/**
 * Where clouds tell a machine its credentials, and what is no address of anybody. Addresses of the own machine and
 * network are allowed: with a self-hosted program, receivers stand there.
 */
const REFUSED = new BlockList()
REFUSED.addSubnet('0.0.0.0', 8, 'ipv4')
REFUSED.addSubnet('169.254.0.0', 16, 'ipv4')
REFUSED.addSubnet('224.0.0.0', 3, 'ipv4')
// Alibaba, Oracle and Azure.
REFUSED.addAddress('100.100.100.200', 'ipv4')
REFUSED.addAddress('192.0.0.192', 'ipv4')
REFUSED.addAddress('168.63.129.16', 'ipv4')
REFUSED.addAddress('::', 'ipv6')
REFUSED.addSubnet('fe80::', 10, 'ipv6')
REFUSED.addSubnet('ff00::', 8, 'ipv6')
// IPv4 in IPv6 clothes: link-local behind NAT64, 6to4 and the old compatible form.
REFUSED.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
REFUSED.addSubnet('2002:a9fe::', 32, 'ipv6')
REFUSED.addSubnet('::a9fe:0', 112, 'ipv6')
// Amazon and Google.
REFUSED.addAddress('fd00:ec2::254', 'ipv6')
REFUSED.addAddress('fd20:ce::254', 'ipv6')

/** True for an IP address that no message may go to. */
export function isRefusedAddress(address: string): boolean {
  // An IPv6 address may carry the interface it goes through.
  const [bare = address] = address.split('%', 1)
  return REFUSED.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')
}

/** Throws `RefusedAddress` where the host is such an IP address: those are connected to without a look-up. */
export function requireAllowedHost(host: string): void {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0 && isRefusedAddress(bare)) throw new RefusedAddress()
}

/**
 * Looks a name up for a connection and refuses it when any of its addresses is refused. As the connection is made to
 * what this answers, a name that means something else a moment later gains nothing.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error !== null || first === undefined) callback(error ?? new Error('no address'), '')
    else if (addresses.some(({ address }) => isRefusedAddress(address))) callback(new RefusedAddress(), '')
    else if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
