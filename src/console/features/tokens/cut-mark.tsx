import { Badge } from '#console/ui/badge.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { type CutOf, cutSummary, isCutToNothing } from './cut-words.ts'

/** Says in a list that a token can do less than it was granted; what is cut and why on hover, and on its page. */
export function CutMark({ token }: { token: CutOf }) {
  const summary = cutSummary(token)
  if (summary === undefined) return null
  return (
    <Tooltip content={summary}>
      <Badge tone="warning">{isCutToNothing(token) ? 'Cut to nothing' : 'Cut'}</Badge>
    </Tooltip>
  )
}
