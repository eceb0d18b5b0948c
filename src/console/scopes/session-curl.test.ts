import { expect, it } from 'vitest'

import { updateMember } from '#api/contract/members.ts'

import { sessionCurl } from './session-curl.ts'

it('is the call of the form, quoted so that no name ends the shell word', () => {
  const text = sessionCurl('https://deck.example.com/', updateMember, { params: { id: 7 }, body: { name: "O'Hara" } })
  expect(text).toBe(
    [
      "curl -X PATCH 'https://deck.example.com/api:console/members/7' \\",
      '  -b "__Host-metadeck_session=$METADECK_SESSION" \\',
      "  -H 'Content-Type: application/json' \\",
      String.raw`  -d '{"name":"O'\''Hara"}'`,
    ].join('\n'),
  )
  expect(sessionCurl('http://localhost:4000', updateMember, { params: { id: 7 } })).toContain('"metadeck_session=')
})
