import { expect, it } from 'vitest'

import { EXIT } from './exit-code.ts'
import { scopeOf } from './restore-scope.ts'

it('options name what is restored; none of them is everything', () => {
  expect(scopeOf({})).toEqual({})
  const options = {
    table: ['orders'],
    rows: 'missing',
    group: ['Public'],
    function: ['cart/total'],
    construct: ['task:Every night: all'],
    'stored-file': ['/vault/a/b.png'],
  }
  expect(scopeOf(options)).toEqual({
    tables: ['orders'],
    rows: 'missing',
    apiGroups: ['Public'],
    constructs: [
      { kind: 'function', name: 'cart/total' },
      { kind: 'task', name: 'Every night: all' },
    ],
    files: ['/vault/a/b.png'],
  })
  expect(scopeOf({ 'stored-file': ['all'] })).toEqual({ files: 'all' })
})

it.each([[{ rows: 'some' }], [{ construct: ['nightly'] }], [{ construct: [':x'] }]])(
  'what cannot be understood is wrong usage: %j',
  (options) => {
    expect(() => scopeOf(options)).toThrow(expect.objectContaining({ exit: EXIT.usage }))
  },
)
