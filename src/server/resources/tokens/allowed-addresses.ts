import { BlockList } from 'node:net'

import { invalidInput } from '../../errors.ts'
import { type Address, readAddress, shortened } from '../../security/networks.ts'

/** Bits of an IPv6 address before the IPv4 address that it stands for. */
const MAPPED_BITS = 96

interface Range extends Address {
  /** Null = the one address. */
  prefix: number | null
}

/**
 * Entries of an allow-list in normal form: IPv6 in lower case and shortened, IPv4 in IPv6 clothes as IPv4, ranges from their
 * first address on, ranges of one address as that address, each once.
 * Throws 400 naming the first entry that is neither an address nor a range. Null = from anywhere.
 */
export function normalAllowList(entries: readonly string[] | null | undefined): string[] | null {
  if (entries === null || entries === undefined || entries.length === 0) return null
  const normal = entries.map((entry, at) => {
    const range = readRange(entry)
    if (range !== null) return normalText(range)
    throw invalidInput(
      `allowedIps.${at}`,
      `"${entry}" is neither an IP address nor a range of them. Write it like 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32.`,
    )
  })
  return [...new Set(normal)]
}

/** True where the list, in normal form, holds the address. An IPv4 address in IPv6 clothes counts as the IPv4 one. */
export function isAllowedAddress(allowed: readonly string[], address: string): boolean {
  const caller = readAddress(address)
  if (caller === null) return false
  const list = new BlockList()
  for (const entry of allowed) {
    const range = readRange(entry)
    // A range of IPv6 such as ::/0 would else hold all of IPv4 as well.
    if (range === null || range.family !== caller.family) continue
    if (range.prefix === null) list.addAddress(range.text, range.family)
    else list.addSubnet(range.text, range.prefix, range.family)
  }
  return list.check(caller.text, caller.family)
}

const BITS = { ipv4: 32, ipv6: 128 } as const

function normalText({ text, family, prefix }: Range): string {
  const bits = BITS[family]
  if (prefix === null || prefix === bits) return text
  const hostBits = BigInt(bits - prefix)
  const first = (toNumber(text, family) >> hostBits) << hostBits
  return `${toText(first, family)}/${prefix}`
}

function toNumber(text: string, family: Address['family']): bigint {
  if (family === 'ipv4') return BigInt(text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0))
  const [head = '', tail = ''] = text.split('::')
  const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const [before, after] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const hex = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('')
  return BigInt(`0x${hex}`)
}

function toText(value: bigint, family: Address['family']): string {
  if (family === 'ipv4') return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
  const hex = value.toString(16).padStart(32, '0')
  return shortened((hex.match(/.{4}/g) ?? []).join(':'))
}

function readRange(entry: string): Range | null {
  const [host = '', bits, ...rest] = entry.split('/')
  const address = readAddress(host)
  if (address === null || host.includes('%') || rest.length > 0) return null
  if (bits === undefined) return { ...address, prefix: null }
  if (!/^(0|[1-9]\d{0,2})$/.test(bits)) return null
  const prefix = Number(bits) - (address.isMapped ? MAPPED_BITS : 0)
  return prefix < 0 || prefix > BITS[address.family] ? null : { ...address, prefix }
}
