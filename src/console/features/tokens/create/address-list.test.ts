import { describe, expect, it } from 'vitest'

import { addressProblem, splitEntries } from './address-list.ts'

describe('an entry of an allow-list', () => {
  it.each([
    '203.0.113.7',
    '0.0.0.0/0',
    '10.0.0.0/8',
    '255.255.255.255/32',
    '::1',
    '2001:DB8::/32',
    '::/0',
    '::ffff:10.0.0.5',
  ])('may be %s', (entry) => expect(addressProblem(entry)).toBeUndefined())

  it.each([
    '10.0.0',
    '010.0.0.1',
    '256.0.0.1',
    '10.0.0.1.',
    'example.com',
    '*',
    '1::2::3',
    'fe80::1%eth0',
    '[::1]',
    '',
    '/8',
  ])('is no address as %s, and is named', (entry) => expect(addressProblem(entry)).toContain(`“${entry}” is no IP`))

  it.each([
    ['10.0.0.0/33', 'from 0 to 32 for IPv4'],
    ['10.0.0.0/08', 'from 0 to 32'],
    ['10.0.0.0/', 'from 0 to 32'],
    ['10.0.0.0/8/8', 'from 0 to 32'],
    ['10.0.0.0/-1', 'from 0 to 32'],
    ['2001:db8::/129', 'from 0 to 128 for IPv6'],
  ])('has a range as wide as its family allows: %s', (entry, words) => expect(addressProblem(entry)).toContain(words))
})

it('takes several entries apart however they were pasted, each once', () => {
  expect(splitEntries(' 10.0.0.1, 10.0.0.2;\n10.0.0.1\t::1 ')).toEqual(['10.0.0.1', '10.0.0.2', '::1'])
  expect(splitEntries(' \n')).toEqual([])
})
