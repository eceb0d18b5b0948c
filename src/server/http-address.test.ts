import { expect, test } from 'vitest'

import { browserAddress, httpAddress } from './http-address.ts'

test.each([
  ['127.0.0.1', 'http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['deck.example', 'http://deck.example:4000', 'http://deck.example:4000'],
  ['::1', 'http://[::1]:4000', 'http://[::1]:4000'],
  ['0.0.0.0', 'http://0.0.0.0:4000', 'http://127.0.0.1:4000'],
  ['::', 'http://[::]:4000', 'http://[::1]:4000'],
])('what listens at %s is an address that can be opened', (host, listening, opened) => {
  expect([httpAddress(host, 4000), browserAddress(host, 4000)]).toEqual([listening, opened])
  expect(new URL(opened).port).toBe('4000')
})
