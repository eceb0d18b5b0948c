import { expect, test } from 'vitest'

import { ownPath } from './next-path.ts'

test.each(['/', '/w/3/tables', '/w/3/tables?x=1&y=%2F#top', '/tokens/new'])('%s is followed', (path) => {
  expect(ownPath(path)).toBe(path)
})

test.each([
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/a/..//evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  'evil.example',
  '',
  '/sign-in',
  '/sign-in?next=/x',
  '/api:console/oidc/1/start',
  '/API:meta/auth/me',
])('%j leads to the start page', (path) => {
  expect(ownPath(path)).toBe('/')
})

test('what would break out of a header is escaped', () => {
  expect(ownPath('/a\r\nset-cookie: x=1')).not.toMatch(/[\r\n]/)
})
