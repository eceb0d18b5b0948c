import type { Token } from '#api/contract/tokens.ts'

import type { Shown } from './token-search.ts'

/** What the server counts; undefined while that is not known. */
export interface ShownCounts {
  /** Of each status, those that match the rest of the filter. */
  counts: Record<Token['status'], number> | undefined
  /** Of all active tokens, whatever is searched. */
  attention: { unused: number; expiring: number; dangerous?: number | undefined } | undefined
}

/** How many tokens a choice shows; nothing of all of them, which the foot of the list says. */
export function shownCount(show: Shown, { counts, attention }: ShownCounts): number | undefined {
  if (show === 'all') return undefined
  if (show === 'dangerous') return attention?.dangerous
  if (show === 'unused') return attention?.unused
  if (show === 'ending') return attention?.expiring
  return counts?.[show]
}
