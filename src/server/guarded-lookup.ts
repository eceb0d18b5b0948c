import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

import { shortened } from './security/networks.ts'

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
// Link-local in the old compatible form.
REFUSED.addSubnet('::a9fe:0', 112, 'ipv6')
// Amazon and Google.
REFUSED.addAddress('fd00:ec2::254', 'ipv6')
REFUSED.addAddress('fd20:ce::254', 'ipv6')

/**
 * IPv4 addresses of machines and networks. As such they are allowed; one that comes as an IPv6 address for a translator
 * or tunnel to turn back was not written by somebody who means a receiver of theirs, and is reached from that machine.
 */
const PRIVATE = new BlockList()
PRIVATE.addSubnet('10.0.0.0', 8, 'ipv4')
PRIVATE.addSubnet('100.64.0.0', 10, 'ipv4')
PRIVATE.addSubnet('127.0.0.0', 8, 'ipv4')
PRIVATE.addSubnet('172.16.0.0', 12, 'ipv4')
PRIVATE.addSubnet('192.168.0.0', 16, 'ipv4')

/** True for an IP address that no message may go to. */
export function isRefusedAddress(address: string): boolean {
  // An IPv6 address may carry the interface it goes through.
  const [bare = address] = address.split('%', 1)
  if (isIP(bare) !== 6) return REFUSED.check(bare, 'ipv4')
  const inner = translatedAddress(bare)
  if (inner === null) return REFUSED.check(bare, 'ipv6')
  return REFUSED.check(inner, 'ipv4') || PRIVATE.check(inner, 'ipv4')
}

const SIX_TO_FOUR = new BlockList()
SIX_TO_FOUR.addSubnet('2002::', 16, 'ipv6')
const NAT64 = new BlockList()
NAT64.addSubnet('64:ff9b::', 96, 'ipv6')
const LOCAL_NAT64 = new BlockList()
LOCAL_NAT64.addSubnet('64:ff9b:1::', 48, 'ipv6')

/**
 * The IPv4 address that an IPv6 one is turned back into: by 6to4 (RFC 3056), or behind NAT64 with its well-known prefix
 * (RFC 6052) or one of the network's own (RFC 8215). Null for all others.
 */
function translatedAddress(address: string): string | null {
  const [, second = 0, third = 0, , , , high = 0, low = 0] = groupsOf(address)
  if (SIX_TO_FOUR.check(address, 'ipv6')) return dotted(second, third)
  if (NAT64.check(address, 'ipv6')) return dotted(high, low)
  if (!LOCAL_NAT64.check(address, 'ipv6')) return null
  // Prefixes shorter than 96 bits have the address further left and zeros behind it: no host ends in those.
  return low === 0 && high % 256 === 0 ? '0.0.0.0' : dotted(high, low)
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = shortened(address).split('::', 2)
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array.from({ length: 8 - (before?.length ?? 0) - (after?.length ?? 0) }, () => '0')
  return [...(before ?? []), ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16))
}

function dotted(high: number, low: number): string {
  return [high, low].flatMap((group) => [Math.floor(group / 256), group % 256]).join('.')
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
