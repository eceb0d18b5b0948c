import fc from 'fast-check'
import { expect, test } from 'vitest'

import { canBeSameRoute, faultOfRoute } from '../constructs/route-shape.ts'
import { pathOf, shapeOf } from './path.ts'

const name = fc
  .array(fc.constantFrom('a', 'B', '/', '{id}', '{x}', '{', '}', '-', '%', ' '), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
  .filter((text) => faultOfRoute(text) === null)

test('queries that a group can have side by side have addresses of their own in its document', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      fc.pre(!canBeSameRoute(a, b))
      expect(shapeOf(pathOf(a))).not.toBe(shapeOf(pathOf(b)))
    }),
    { numRuns: 2_000 },
  )
})
