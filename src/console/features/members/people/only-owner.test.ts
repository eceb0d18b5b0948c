import { expect, it } from 'vitest'

import { isOnlyOwner } from './only-owner.ts'

const owner = (id: number, status: 'active' | 'disabled' = 'active') => ({ id, role: 'owner' as const, status })
const admin = { id: 9, role: 'admin' as const, status: 'active' as const }

it('an owner is the only one where no other can sign in', () => {
  expect(isOnlyOwner(owner(1), 1, [owner(1), admin, owner(2, 'disabled')])).toBe(true)
  expect(isOnlyOwner(owner(1), 1, [owner(1), owner(2)])).toBe(false)
  expect(isOnlyOwner(admin, 9, [owner(1), admin])).toBe(false)
})

it('is not said while it is not known, nor of anybody else', () => {
  expect(isOnlyOwner(owner(1), 1, undefined)).toBe(false)
  // Whoever looks is an owner too, also where the list that came does not hold them.
  expect(isOnlyOwner(owner(2), 1, [owner(2), admin])).toBe(false)
})
