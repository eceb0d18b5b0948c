import { describe, expect, it } from 'vitest'

import { guardedLookup, isRefusedAddress, RefusedAddress, requireAllowedHost } from './guarded-lookup.ts'

describe('addresses that messages go to', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '100.100.100.200',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '::a9fe:a9fe',
    // Private addresses behind a translator or a tunnel.
    '64:ff9b::10.0.0.4',
    '64:ff9b::7f00:1',
    '64:ff9b::c0a8:102%eth0',
    '64:FF9B:0:0::AC10:1',
    '64:ff9b::100.64.0.1',
    '64:ff9b:1::10.0.0.4',
    '64:ff9b:1:fffe::a9fe:a9fe',
    // The same range with the address further left, as long prefixes have it.
    '64:ff9b:1:a00:0:400::',
    '64:ff9b:1:a::4:0',
    '64:ff9b:1:0:a:0:400:0',
    '2002:a00:4::1',
    '2002:7f00:1::',
    '2002:c0a8:102:0:1:2:3:4',
  ])('never are %s', (address) => {
    expect(isRefusedAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '::1',
    '10.0.0.4',
    '192.168.1.2',
    '172.16.0.1',
    'fd12::4',
    '93.184.216.34',
    '2606:4700::1111',
    '64:ff9b::93.184.216.34',
    '64:ff9b:1:2::5db8:d822',
    '2002:5db8:d822::1',
    '64:ff9b:2::a00:4',
    '2001:2002:a00:4::1',
  ])('may be %s', (address) => {
    expect(isRefusedAddress(address)).toBe(false)
    expect(() => requireAllowedHost(address)).not.toThrow()
  })

  it('are checked where a name stands for one, which then is what is connected to', async () => {
    const find = (host: string, all: boolean) =>
      new Promise((resolve) => {
        guardedLookup(host, { all }, (error, address) => resolve(error ?? address))
      })
    // The resolver of the system reads this number as 169.254.169.254.
    expect(await find('2852039166', true)).toBeInstanceOf(RefusedAddress)
    expect(await find('127.0.0.1', false)).toBe('127.0.0.1')
    expect(await find('127.0.0.1', true)).toEqual([{ address: '127.0.0.1', family: 4 }])
  })

  it('are checked before a connection to a bare address, which no look-up sees', () => {
    expect(() => requireAllowedHost('[fe80::1]')).toThrow(RefusedAddress)
    expect(() => requireAllowedHost('169.254.169.254')).toThrow(RefusedAddress)
    expect(() => requireAllowedHost('example.com')).not.toThrow()
  })
})
