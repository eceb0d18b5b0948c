import type { Member } from '#api/contract/members.ts'

type Known = Pick<Member, 'id' | 'role' | 'status'>

/**
 * Whether it is certain that no other owner can sign in. `everybody` is undefined while not all members are known: a list
 * that goes on may hold another owner. Only owners change owners, so another one than `me` is never the only one.
 */
export function isOnlyOwner(
  { id, role }: Pick<Known, 'id' | 'role'>,
  me: number | undefined,
  everybody: readonly Known[] | undefined,
): boolean {
  if (role !== 'owner' || id !== me || everybody === undefined) return false
  return !everybody.some((one) => one.id !== id && one.role === 'owner' && one.status === 'active')
}
