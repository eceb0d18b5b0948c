import type { Member } from '#api/contract/members.ts'

import type { GrantFields } from '../grant-form.ts'

/** What a tired person would miss about a change of role; undefined where there is nothing. */
export function accessNote(
  { role, tokens }: Pick<Member, 'role' | 'tokens'>,
  { role: next }: Pick<GrantFields, 'role'>,
  { isMe, isOnlyOwner }: { isMe: boolean; isOnlyOwner: boolean },
): string | undefined {
  if (role === next) return undefined
  if (isOnlyOwner) return 'You are the only owner: make somebody else an owner first.'
  if (isMe) return 'This is your own role: afterwards another owner must give it back.'
  if (next === 'owner') return 'An owner can do everything, and can remove you.'
  if (next === 'member' && tokens > 0)
    return 'Tokens made by them that reach further than what is granted here do less from then on.'
  return undefined
}
