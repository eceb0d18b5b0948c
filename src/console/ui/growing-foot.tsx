import type { ReactNode } from 'react'

import { formatCount } from '#console/lib/format.ts'

import { Button } from './button.tsx'
import { ListFoot } from './list-foot.tsx'

export interface GrowingFootProps {
  /** How many are shown so far. */
  shown: number
  /** One of them: "record". */
  noun: string
  /** Brings the next ones below; undefined when all are shown. */
  onMore: (() => void) | undefined
  /** The effect of `onMore`: "Load older records". */
  moreLabel: string
  isLoading: boolean
  /** Something quiet at the right. */
  children?: ReactNode
}

/** Under a list that grows instead of being leafed through, and whose length is not known before its end. */
export function GrowingFoot({ shown, noun, onMore, moreLabel, isLoading, children }: GrowingFootProps) {
  if (onMore === undefined) {
    return (
      <ListFoot shown={shown} noun={noun}>
        {children}
      </ListFoot>
    )
  }
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-muted">
      <p aria-live="polite" className="tabular-nums">
        {formatCount(shown, noun)}, more follow
      </p>
      <div className="flex items-center gap-3">
        {children}
        <Button size="sm" pending={isLoading} onClick={onMore}>
          {moreLabel}
        </Button>
      </div>
    </div>
  )
}
