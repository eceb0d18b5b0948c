import { expect, it } from 'vitest'

import { OidcFailure } from '#api/contract/oidc.ts'

import { providerFailure } from './provider-failure.ts'

const failure = (error: string) => providerFailure(new URLSearchParams({ error }))

it('has words of its own for every code that the server sends', () => {
  const titles = OidcFailure.options.map((code) => failure(code)?.title)
  expect(new Set(titles).size).toBe(OidcFailure.options.length)
})

it('never repeats what somebody wrote into the address', () => {
  expect(failure('<b>Call 555-0100</b>')).toEqual(failure('sign_in_failed'))
  expect(failure('toString')).toEqual(failure('sign_in_failed'))
})

it('says nothing where nothing failed', () => {
  expect(providerFailure(new URLSearchParams({ next: '/tokens' }))).toBeUndefined()
})
