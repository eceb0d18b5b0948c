import { expect, it } from 'vitest'

import { summarySentence } from './summary-words.ts'

it('says in one sentence what will happen', () => {
  const input = {
    contents: 'everything',
    encryption: 'set',
    workspaceName: 'Shop',
    targetName: 'Off-site',
    timing: 'every day at 02:00 (Europe/Berlin)',
  } as const
  expect(summarySentence(input)).toBe(
    'Backs up everything of Shop every day at 02:00 (Europe/Berlin), encrypted, to Off-site.',
  )
  expect(summarySentence({ ...input, contents: 'definition', encryption: 'none' })).toBe(
    'Backs up the definition, without rows, of Shop every day at 02:00 (Europe/Berlin), not encrypted, to Off-site.',
  )
})
