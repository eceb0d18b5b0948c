import { expect, test } from 'vitest'

import { clientAddress } from './client-address.ts'
import { addressGroup, addressSite, isWithin, parseNetworks } from './networks.ts'

const trusted = parseNetworks(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']) ?? expect.fail('the list is good')
const from = (peer: string, forwarded?: string): string =>
  clientAddress(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, trusted)

test('a peer that is no trusted proxy cannot claim another address', () => {
  expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
})

test('behind trusted proxies the nearest address that is none counts, not what the client wrote further left', () => {
  expect(from('127.0.0.1', '198.51.100.1')).toBe('198.51.100.1')
  expect(from('127.0.0.1', '1.2.3.4, 198.51.100.1, 10.1.2.3')).toBe('198.51.100.1')
  expect(from('::ffff:127.0.0.1', '198.51.100.1:5123')).toBe('198.51.100.1')
  expect(from('fd00::1', '[2001:db8::7]:443')).toBe('2001:db8::7')
})

test('a proxy that says nothing, or nonsense, is the address itself', () => {
  expect(from('127.0.0.1')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '198.51.100.1, unknown')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '198.51.100.1, <script>, 10.0.0.1')).toBe('10.0.0.1')
})

test('networks are addresses and ranges of both kinds; anything else is refused', () => {
  for (const entry of ['', 'localhost', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/-1', '10.0.0.0/8/8', '*']) {
    expect([entry, parseNetworks([entry])]).toEqual([entry, null])
  }
  expect(isWithin(trusted, '::ffff:10.9.9.9')).toBe(true)
  expect(isWithin(trusted, '11.0.0.1')).toBe(false)
  expect(isWithin(trusted, 'not an address')).toBe(false)
})

test('an IPv6 address counts as its network: whoever has one there has them all', () => {
  expect(addressGroup('203.0.113.9')).toBe('203.0.113.9')
  expect(addressGroup('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(addressGroup('::ffff:cb00:7109')).toBe('203.0.113.9')
  const groups = ['2001:db8:0:7::1', '2001:0db8::7:a:b:c:d', '2001:DB8:0:7:ffff:ffff:ffff:ffff'].map(addressGroup)
  expect(new Set(groups)).toEqual(new Set(['2001:db8:0:7::/64']))
  expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})

test('the /56 of an IPv6 address is the same for its 256 networks, and no other', () => {
  const sites = ['2001:db8:0:700::1', '2001:db8:0:7ff:1::', '2001:db8::7ab:0:0:0:1'].map(addressSite)
  expect(new Set(sites)).toEqual(new Set(['2001:db8:0:0700::/56']))
  expect(addressSite('2001:db8:0:800::1')).toBe('2001:db8:0:0800::/56')
  expect(addressSite('2001:db8:0:7::1')).toBe('2001:db8:0:0000::/56')
  expect([addressSite('203.0.113.9'), addressSite('::ffff:203.0.113.9')]).toEqual([null, null])
})
