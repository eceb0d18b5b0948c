import { BlockList, isIP, isIPv4 } from 'node:net'

/** `10.0.0.0/8`, `::1` → a list to ask; null where one entry is no address and no range. */
export function parseNetworks(entries: readonly string[]): BlockList | null {
  const list = new BlockList()
  return entries.every((entry) => addNetwork(list, entry)) ? list : null
}

function addNetwork(list: BlockList, entry: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
  const version = isIP(address)
  const bitsMax = version === 4 ? 32 : 128
  if (version === 0 || Number(bits ?? bitsMax) > bitsMax) return false
  list.addSubnet(address, Number(bits ?? bitsMax), version === 4 ? 'ipv4' : 'ipv6')
  return true
}

/** True where the address lies in one of the networks; an IPv4 address in IPv6 clothes counts as what it is. */
export function isWithin(networks: BlockList, address: string): boolean {
  const plain = plainAddress(address)
  const version = isIP(plain)
  return version !== 0 && networks.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}

/** `::ffff:10.0.0.1` → `10.0.0.1`; a zone (`fe80::1%eth0`) is left out. */
export function plainAddress(address: string): string {
  const bare = address.split('%', 1)[0] ?? ''
  const mapped = bare.toLowerCase().startsWith('::ffff:') ? bare.slice('::ffff:'.length) : ''
  return isIPv4(mapped) ? mapped : bare
}

/** Groups of an IPv6 address that name one customer's network: whoever has one address there has them all. */
const NETWORK_GROUPS = 4

/** What an address counts as: an IPv4 address itself, of an IPv6 address its /64. */
export function addressGroup(address: string): string {
  const plain = plainAddress(address)
  if (!plain.includes(':')) return plain
  const [before = '', after] = plain.toLowerCase().split('::', 2)
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  const groups = [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
