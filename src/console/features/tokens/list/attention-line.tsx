import { Fragment, type ReactNode } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { formatNumber } from '#console/lib/format.ts'
import { TextLink } from '#console/ui/text-link.tsx'

import { endingWords } from './expiring-words.ts'

export interface AttentionLineProps {
  /** Of all active tokens; undefined while that is not known. */
  attention: { unused: number; expiring: number } | undefined
  counts: Record<Token['status'], number> | undefined
  /** Names of what stops with the tokens that die this week. */
  breaks: readonly string[]
}

const purpose = 'Keys for programs. Each can do what its scopes say, and nothing else.'

/** What needs somebody's attention, each with the way to it; else what the page is for. */
export function AttentionLine({ attention, counts, breaks }: AttentionLineProps) {
  const parts: ReactNode[] = []
  if (attention !== undefined && attention.unused > 0) {
    parts.push(<TextLink to="?show=unused">{formatNumber(attention.unused)} unused for 30 days</TextLink>)
  }
  if (attention !== undefined && attention.expiring > 0) {
    parts.push(<TextLink to="?show=ending">{endingWords(attention.expiring, breaks)}</TextLink>)
  }
  if (counts !== undefined && counts.blocked > 0) {
    parts.push(<TextLink to="?show=blocked">{formatNumber(counts.blocked)} blocked</TextLink>)
  }
  if (parts.length === 0) return purpose
  return (
    <span className="wrap-anywhere">
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
