import { describe, expect, it } from 'vitest'

import { ApiError } from '#api/client/api-error.ts'

import { formFailure, plainIssues } from './form-failure.ts'

const refused = (param: string, message: string) =>
  new ApiError('invalid_input', message, { status: 400, payload: { param } })

describe('a refused field', () => {
  it.each([
    ['price', 'Invalid value for param price: not a number', 'Not a number'],
    ['price', 'Missing param: price', 'Give a value'],
    ['price', 'The price is taken', 'The price is taken'],
  ])('%s: %j is said as %j', (param, message, plain) => {
    expect(plainIssues(refused(param, message))).toEqual([{ param, message: plain }])
  })

  it('is named once above the submit button', () => {
    const failure = formFailure(refused('price', 'Invalid value for param price: not a number'), 'Not saved')
    expect(failure?.children).toBe('price: Not a number')
  })
})

it('says a failure without fields as it is', () => {
  expect(plainIssues(new Error('no'))).toEqual([])
  expect(formFailure(undefined, 'Not saved')).toBeUndefined()
})
