import { describe, expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'

import { describeFailure } from './describe-failure.ts'

describe('a failure in words', () => {
  it('names the scope that is missing', () => {
    const error = new ApiError('access_denied', 'Access denied.', {
      status: 403,
      payload: { scope: 'workspace:content:read' },
    })
    expect(describeFailure(error, 'Could not load')).toEqual({
      title: 'Could not load',
      cause: 'You need Workspace Content: Read.',
      advice: 'An owner or an admin can give it to you.',
      detail: undefined,
      isFinal: true,
    })
  })

  it('leaves a refusal that can be lifted its own words, and its retry', () => {
    const error = new ApiError('access_denied', 'Access Denied. Prove that it is you.', {
      status: 403,
      payload: { reason: 'proof_required' },
    })
    const text = describeFailure(error, 'Could not load')
    expect(text.cause).toBe('Prove that it is you.')
    expect(text.isFinal).toBeUndefined()
  })

  it('says how long to wait', () => {
    const error = new ApiError('too_many_requests', 'Slow down.', { status: 429, retryAfterSeconds: 12 })
    expect(describeFailure(error, 'Could not load').advice).toBe('Try again in 12 s.')
  })

  it('tells a target that is away from a server that is, and from one that refuses', () => {
    const advice = (code: 'not_ready' | 'target_refused', reason: string) =>
      describeFailure(new ApiError(code, 'No.', { status: 503, payload: { reason } }), 'Could not verify').advice
    expect(advice('not_ready', 'database_away')).toContain('server is starting')
    expect(advice('not_ready', 'target_unreachable')).toContain('The target is away')
    expect(advice('target_refused', 'wrong_key')).toContain('Change the settings of the target')
  })

  it('keeps what did not fit the contract for support', () => {
    const error = new ApiError('bad_reply', 'items: expected array', { status: 200, requestId: 'r1' })
    const text = describeFailure(error, 'Could not load')
    expect(text.cause).not.toContain('items')
    expect(text.detail).toBe('items: expected array · Request r1')
  })

  it('owns up to errors of the console itself', () => {
    expect(describeFailure(new TypeError('x is undefined'), 'Could not load').detail).toBe('x is undefined')
  })
})
