import { describe, expect, it } from 'vitest'

import { isAllowedAddress, normalAllowList } from './allowed-addresses.ts'

describe('an allow-list', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.1.2.3/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '198.51.100.1', false],
    ['2001:DB8:0:0::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1/128', '2001:db8::1', true],
    ['fe80::1', 'fe80::1%eth0', true],
    ['10.0.0.0/8', '::ffff:10.1.1.1', true],
    ['10.0.0.0/8', '::ffff:b01:101', false],
    ['::ffff:10.0.0.0/104', '10.3.3.3', true],
    ['::ffff:10.0.0.5', '10.0.0.5', true],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', '', false],
  ])('of %s lets in %s: %s', (entry, address, isAllowed) => {
    expect(isAllowedAddress(normalAllowList([entry]) ?? [], address)).toBe(isAllowed)
  })

  it('has a normal form in which the same entry stands once', () => {
    expect(
      normalAllowList(['2001:DB8:0::1', '2001:db8::1', '::ffff:10.0.0.5', '10.0.0.5', '::ffff:10.0.0.0/104']),
    ).toEqual(['2001:db8::1', '10.0.0.5', '10.0.0.0/8'])
  })

  it('keeps of a range what it means, and an address as an address', () => {
    expect(normalAllowList(['10.1.2.3/8', '10.0.0.0/8', '10.9.9.9/8'])).toEqual(['10.0.0.0/8'])
    expect(normalAllowList(['203.0.113.7/32', '203.0.113.7', '203.0.113.9/31'])).toEqual([
      '203.0.113.7',
      '203.0.113.8/31',
    ])
    expect(normalAllowList(['2001:db8:1:2::3/32', '2001:db8::/32', '2001:db8::1/128'])).toEqual([
      '2001:db8::/32',
      '2001:db8::1',
    ])
    expect(normalAllowList(['198.51.100.1/0', '2001:db8::1/0', 'ffff:ffff::/17'])).toEqual([
      '0.0.0.0/0',
      '::/0',
      'ffff:8000::/17',
    ])
    expect(normalAllowList(['::ffff:10.1.2.3/104', '::ffff:10.1.2.3/128'])).toEqual(['10.0.0.0/8', '10.1.2.3'])
  })

  it('that is empty or absent lets everybody in', () => {
    expect([normalAllowList([]), normalAllowList(null), normalAllowList(undefined)]).toEqual([null, null, null])
  })

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0',
    '010.0.0.1',
    'example.com',
    '2001:db8::/129',
    '::ffff:10.0.0.0/95',
    'fe80::1%eth0',
    '1::2::3',
    '*',
  ])('refuses %s by name', (entry) => {
    expect(() => normalAllowList(['10.0.0.1', entry])).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`"${entry}"`),
        payload: expect.objectContaining({ param: 'allowedIps.1' }),
      }),
    )
  })
})
