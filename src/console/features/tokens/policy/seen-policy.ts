import type { TokenPolicy } from '#api/contract/token-policy.ts'

import { isSameLimit } from './policy-words.ts'

export interface ShownTrial {
  /** What the page tells of; undefined while what is typed is not a policy. */
  tried: TokenPolicy | undefined
  /** Whether the answer to it, or that there is none, has come. */
  isAnswered: boolean
}

/**
 * Whether what saving a policy blocks stands on the page by now. Typing is followed a moment later: whoever types and
 * presses Enter at once has seen what the policy before would block.
 */
export function isEffectSeen(next: TokenPolicy, saved: TokenPolicy, { tried, isAnswered }: ShownTrial): boolean {
  // With the limits that hold already nothing more is blocked.
  if (isSameLimit(next, saved)) return true
  return isAnswered && tried !== undefined && isSameLimit(next, tried)
}
