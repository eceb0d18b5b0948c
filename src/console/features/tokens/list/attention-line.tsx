import { Fragment, type ReactNode } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { formatNumber } from '#console/lib/format.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { endingWords, type Taken, takesWords } from './expiring-words.ts'
import type { ShownCounts } from './shown-counts.ts'

export interface AttentionLineProps {
  /** Of all active tokens; undefined while that is not known. */
  attention: ShownCounts['attention']
  counts: Record<Token['status'], number> | undefined
  /** What stops with the tokens that die this week. */
  taken: Taken
}

const purpose = 'Keys for programs. Each can do what its scopes say, and nothing else.'

/** What needs somebody's attention, each with the way to it; else what the page is for. */
export function AttentionLine({ attention, counts, taken }: AttentionLineProps) {
  const parts: ReactNode[] = []
  if (attention?.dangerous !== undefined && attention.dangerous > 0) {
    parts.push(<TextLink to="?show=dangerous&sort=danger">{formatNumber(attention.dangerous)} dangerous</TextLink>)
  }
  if (attention !== undefined && attention.unused > 0) {
    parts.push(<TextLink to="?show=unused">{formatNumber(attention.unused)} unused for 30 days</TextLink>)
  }
  if (attention !== undefined && attention.expiring > 0) {
    const takes = takesWords(attention.expiring, taken)
    parts.push(
      <TextLink to="?show=ending">
        {endingWords(attention.expiring)}
        {/* The banner below says it too, and a phone has no room for it twice. */}
        {takes !== '' && <span className="max-sm:sr-only">{takes}</span>}
      </TextLink>,
    )
  }
  if (counts !== undefined && counts.blocked > 0) {
    parts.push(<TextLink to="?show=blocked">{formatNumber(counts.blocked)} blocked</TextLink>)
  }
  // As high on a phone whichever of the two it is: the list must not move when the counts come.
  return (
    <span className="block wrap-anywhere max-sm:min-h-[2lh]">
      {parts.length === 0 && purpose}
      {parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts have a fixed order
        <Fragment key={index}>
          {index > 0 && ' · '}
          {part}
        </Fragment>
      ))}
    </span>
  )
}
