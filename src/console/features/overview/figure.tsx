import type { ReactNode } from 'react'

import { Button } from '#console/ui/button.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

interface FigureProps {
  label: string
  /** Where the thing counted can be seen; undefined where that is not for this person. */
  to: string | undefined
  isPending: boolean
  /** Set where it could not be read. */
  onRetry: (() => void) | undefined
  /** The number or the age itself. */
  value: ReactNode
  note?: ReactNode
}

/** One fact about the workspace in large type, with the way to what it is about. */
export function Figure({ label, to, isPending, onRetry, value, note }: FigureProps) {
  return (
    <Panel>
      <div className="flex flex-col gap-1">
        {to === undefined ? (
          <span className="text-sm font-medium">{label}</span>
        ) : (
          <TextLink to={to} look="quiet" className="w-fit text-sm">
            {label}
          </TextLink>
        )}
        <div className="flex h-7 items-center text-xl font-semibold tabular-nums">
          {isPending ? (
            <Skeleton className="h-5 w-16" />
          ) : onRetry ? (
            <span className="text-base font-normal text-muted">Could not be read</span>
          ) : (
            value
          )}
        </div>
        <div className="min-h-5 text-xs text-muted">
          {onRetry ? (
            <Button variant="link" size="sm" className="h-5! px-0!" onClick={onRetry}>
              Try again
            </Button>
          ) : (
            !isPending && note
          )}
        </div>
      </div>
    </Panel>
  )
}
