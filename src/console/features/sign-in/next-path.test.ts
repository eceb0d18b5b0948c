import { describe, expect, it } from 'vitest'

import { nextPath, signInPath } from './next-path.ts'

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
    '/sign-in?next=/sign-in',
    '',
    'w/1',
  ])('does not follow %j', (wanted) => {
    expect(next(wanted)).toBe('/')
  })
})
