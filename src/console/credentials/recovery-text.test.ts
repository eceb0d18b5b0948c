import { expect, it } from 'vitest'

import { recoveryText } from './recovery-text.ts'

const SHEET = {
  codes: ['k7m2-9qxc-4t0v-hb3w', '0000-1111-2222-3333'],
  account: 'ada@example.com',
  origin: 'https://deck.example.com',
  madeAt: new Date('2026-11-21T10:00:59Z'),
}

it('says whose the codes are, where and since when they work, and gives each a line of its own', () => {
  expect(recoveryText(SHEET).split('\n')).toEqual([
    'Recovery codes of ada@example.com for Metadeck at https://deck.example.com',
    'Made 2026-11-21 10:00 UTC. Each code works once, in place of the second step.',
    '',
    'k7m2-9qxc-4t0v-hb3w',
    '0000-1111-2222-3333',
    '',
  ])
})

it('leaves out an account that is not known', () => {
  expect(recoveryText({ ...SHEET, account: undefined })).toMatch(/^Recovery codes for Metadeck at /)
})
