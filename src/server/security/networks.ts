import { BlockList, isIP } from 'node:net'

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
  const read = readAddress(address)
  return read !== null && networks.check(read.text, read.family)
}

export interface Address {
  /** IPv6 in lower case and shortened. */
  text: string
  family: 'ipv4' | 'ipv6'
  /** True where it was written as an IPv6 address that stands for this IPv4 one. */
  isMapped: boolean
}

/** `::ffff:a.b.c.d` as browsers write it. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/** An IPv4 address in IPv6 clothes is that one; a zone (`fe80::1%eth0`) is left out. Null = no address. */
export function readAddress(text: string): Address | null {
  const [bare = ''] = text.split('%', 1)
  const version = isIP(bare)
  if (version === 0) return null
  if (version === 4) return { text: bare, family: 'ipv4', isMapped: false }
  const short = shortened(bare)
  const [, high, low] = MAPPED.exec(short) ?? []
  if (high === undefined || low === undefined) return { text: short, family: 'ipv6', isMapped: false }
  const bytes = [high, low].flatMap((part) => {
    const value = Number.parseInt(part, 16)
    return [Math.floor(value / 256), value % 256]
  })
  return { text: bytes.join('.'), family: 'ipv4', isMapped: true }
}

/** An IPv6 address in lower case, with its longest run of zeros left out. */
export function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1)
}

/** `::ffff:10.0.0.1` → `10.0.0.1`; what is no address stays as it is. */
export function plainAddress(address: string): string {
  return readAddress(address)?.text ?? address
}

/** Groups of an IPv6 address that name one customer's network: whoever has one address there has them all. */
const NETWORK_GROUPS = 4

/** What an address counts as: an IPv4 address itself, of an IPv6 address its /64. */
export function addressGroup(address: string): string {
  const plain = plainAddress(address)
  return plain.includes(':') ? `${networkGroups(plain).join(':')}::/64` : plain
}

/** Of an IPv6 address its /56, which is what many a customer gets; null for others. */
export function addressSite(address: string): string | null {
  const plain = plainAddress(address)
  if (!plain.includes(':')) return null
  const [first, second, third, fourth = ''] = networkGroups(plain)
  return `${first}:${second}:${third}:${fourth.padStart(4, '0').slice(0, 2)}00::/56`
}

function networkGroups(plain: string): string[] {
  const [before = '', after] = plain.split('::', 2)
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  return [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''))
}
