import type { TokenLink } from '#api/contract/tokens.ts'

import { isAlive } from '../token-status-words.ts'

/** Whether the old token of a rotation is still needed. `rotatedAt`: when the new one was made, undefined while unknown. */
export function rotationAdvice(old: TokenLink, rotatedAt: string | undefined): string | undefined {
  if (!isAlive(old)) return 'The old token is over; only the new one works.'
  if (rotatedAt === undefined) return undefined
  if (old.lastUsedAt !== null && Date.parse(old.lastUsedAt) > Date.parse(rotatedAt))
    return 'The old token was used after the rotation: some program has not been given the new one yet.'
  return 'Nothing has used the old token since the rotation.'
}
