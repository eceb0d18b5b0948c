import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

import { formatCount, formatNumber } from '#console/lib/format.ts'

import { Button } from './button.tsx'

export interface ListFootProps {
  /** How many are shown here. */
  shown: number
  /** How many there are, when known. */
  total?: number | undefined
  /** The total is an estimate; marked with ≈. */
  isEstimate?: boolean | undefined
  /** One of them: "token". */
  noun: string
  nounPlural?: string | undefined
  /** Position of the first one shown, from 1; for paging by number. */
  first?: number | undefined
  /** Absent on the first page. */
  onPrevious?: (() => void) | undefined
  /** Absent on the last page. */
  onNext?: (() => void) | undefined
  /** Something quiet at the right: "updated 3 s ago". */
  children?: ReactNode
}

/** Under every list: how many, whether that is all, and the way to the rest. */
export function ListFoot({ onPrevious, onNext, children, ...counts }: ListFootProps) {
  return (
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-muted">
      <p aria-live="polite" className="tabular-nums">
        {footText({ ...counts, hasMore: onNext !== undefined, hasPrevious: onPrevious !== undefined })}
      </p>
      <div className="flex items-center gap-3">
        {children}
        {(onPrevious || onNext) && (
          <nav aria-label="Pages" className="flex gap-1.5">
            <Button size="sm" disabled={!onPrevious} onClick={onPrevious}>
              <ChevronLeft aria-hidden className="-ml-1" />
              Previous
            </Button>
            <Button size="sm" disabled={!onNext} onClick={onNext}>
              Next
              <ChevronRight aria-hidden className="-mr-1" />
            </Button>
          </nav>
        )}
      </div>
    </div>
  )
}

interface FootCounts extends Pick<ListFootProps, 'shown' | 'total' | 'isEstimate' | 'noun' | 'nounPlural' | 'first'> {
  hasMore: boolean
  hasPrevious: boolean
}

function footText({ shown, total, noun, nounPlural, hasMore, hasPrevious, ...counts }: FootCounts): string {
  const many = nounPlural ?? `${noun}s`
  const isAll = !hasMore && !hasPrevious && (total === undefined || total === shown)
  if (isAll) return shown === 0 ? `No ${many}` : `${formatCount(shown, noun, many)}, that is all`
  const range = rangeText(shown, counts.first)
  if (total !== undefined) return `${range} of ${counts.isEstimate ? '≈ ' : ''}${formatNumber(total)} ${many}`
  return `${range} ${many}, ${hasMore ? 'more follow' : 'the last ones'}`
}

function rangeText(shown: number, first: number | undefined): string {
  if (first === undefined || shown === 0) return formatNumber(shown)
  return `${formatNumber(first)}–${formatNumber(first + shown - 1)}`
}
