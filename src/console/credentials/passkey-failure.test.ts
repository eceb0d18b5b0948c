import { expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'

import { passkeyFailure } from './passkey-failure.ts'

const named = (name: string) => Object.assign(new Error('The operation is insecure.'), { name })

it.each([
  ['NotAllowedError', /cancelled/],
  ['InvalidStateError', /already/],
  ['SecurityError', /address/],
])('says what to do about the browser’s %s, not the browser’s own words', (name, words) => {
  expect(passkeyFailure(named(name), 'No passkey was added')).toMatchObject({
    title: 'No passkey was added',
    children: expect.stringMatching(words) as string,
  })
})

it('tells what the server said', () => {
  const error = new ApiError('unauthorized', 'This passkey is not known here.')
  expect(passkeyFailure(error, 'Could not sign in')?.children).toContain('This passkey is not known here.')
})

it('says nothing while there is nothing, and of a request that another one replaced', () => {
  expect(passkeyFailure(null, '')).toBeUndefined()
  expect(passkeyFailure(named('AbortError'), '')).toBeUndefined()
})
