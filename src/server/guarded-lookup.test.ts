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
  ])('never are %s', (address) => {
    expect(isRefusedAddress(address)).toBe(true)
  })

  it.each(['127.0.0.1', '::1', '10.0.0.4', '192.168.1.2', '172.16.0.1', 'fd12::4', '93.184.216.34', '2606:4700::1111'])(
    'may be %s',
    (address) => {
      expect(isRefusedAddress(address)).toBe(false)
      expect(() => requireAllowedHost(address)).not.toThrow()
    },
  )

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
