import { Badge } from '#console/ui/badge.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { type CutOf, cutSummary, cutTitle, isCutToNothing } from './cut-words.ts'

export interface CutMarkProps {
  token: CutOf
  /** Says it in a sentence, where there is room. */
  isWhole?: boolean | undefined
}

/** Says in a list that a token was granted more than its maker may do; what is cut and why on hover, and on its page. */
export function CutMark({ token, isWhole = false }: CutMarkProps) {
  const summary = cutSummary(token)
  if (summary === undefined) return null
  return (
    <Tooltip content={summary}>
      <Badge tone="warning">
        {isWhole ? cutTitle(token) : isCutToNothing(token) ? 'Cut to nothing' : 'Cut'}
        {!isWhole && <span className="sr-only">. {cutTitle(token)}</span>}
      </Badge>
    </Tooltip>
  )
}
