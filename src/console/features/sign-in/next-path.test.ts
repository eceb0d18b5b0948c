import { describe, expect, it } from 'vitest'

import { nextPath, signInPath, stepPath } from './next-path.ts'

const next = (wanted: string): string => nextPath(new URLSearchParams({ next: wanted }))

describe('the way back after sign-in', () => {
  it('keeps path, search and hash', () => {
    const path = signInPath({ pathname: '/w/3/tables', search: '?q=a&b', hash: '#x' })
    expect(nextPath(new URL(path, 'http://here.example').searchParams)).toBe('/w/3/tables?q=a&b#x')
  })

  it('needs no detour for the start', () => {
    expect(signInPath({ pathname: '/', search: '', hash: '' })).toBe('/sign-in')
    expect(nextPath(new URLSearchParams())).toBe('/')
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/x/..//evil.example',
    '/.//evil.example',
    '/sign-in?next=/sign-in',
    '',
    'w/1',
  ])('does not follow %j', (wanted) => {
    expect(next(wanted)).toBe('/')
  })
})

describe('the address of the second step', () => {
  it.each([
    ['/tokens?q=a&b', true, '/sign-in?step=1&next=%2Ftokens%3Fq%3Da%26b'],
    ['/tokens', false, '/sign-in?next=%2Ftokens'],
    ['//evil.example', true, '/sign-in?step=1'],
    ['/', false, '/sign-in'],
  ])('keeps the way back to %j, or leaves it out', (wanted, isStep, path) => {
    expect(stepPath(new URLSearchParams({ next: wanted, error: 'no_access' }), isStep)).toBe(path)
  })
})
