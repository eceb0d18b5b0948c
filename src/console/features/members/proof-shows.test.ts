import { expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'

import { proofShows } from './proof-shows.ts'

const asked = new ApiError('access_denied', 'Show who you are', { status: 403, payload: { reason: 'proof_required' } })
const tooMany = new ApiError('too_many_requests', 'Wait', { status: 429 })

it('a failure is told by a notice unless the question who is there is open to tell it', () => {
  expect(proofShows(asked, {})).toBe(true)
  expect(proofShows(tooMany, { password: 'wrong' })).toBe(true)
  // Nothing was asked yet, so that there is nothing to tell it.
  expect(proofShows(tooMany, {})).toBe(false)
  expect(proofShows(new Error('offline'), { password: 'right' })).toBe(false)
})
