import { expect, test } from 'vitest'

import { relyingPartyOf } from './relying-party.ts'

test.each([
  ['https://deck.example.com', { id: 'deck.example.com', origin: 'https://deck.example.com' }],
  ['https://deck.example.com:8443', { id: 'deck.example.com', origin: 'https://deck.example.com:8443' }],
  ['http://localhost:4000', { id: 'localhost', origin: 'http://localhost:4000' }],
  ['http://127.0.0.1:4000', 'address_is_ip'],
  ['https://[2001:db8::1]', 'address_is_ip'],
  ['https://192.168.1.4', 'address_is_ip'],
  ['http://deck.example.com', 'needs_https'],
])('%s', (url, expected) => {
  expect(relyingPartyOf(url)).toEqual(expected)
})
