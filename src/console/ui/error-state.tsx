import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { Button } from './button.tsx'
import { CopyDetail } from './copy-detail.tsx'

export interface ErrorStateProps {
  /** What happened. */
  title: string
  /** Why. */
  cause?: ReactNode
  /** What to do. */
  advice?: ReactNode
  /** Something to copy for support, such as a request id. */
  detail?: string | undefined
  onRetry?: (() => void) | undefined
  isRetrying?: boolean | undefined
  className?: string | undefined
}

/** Stands where the thing itself would be when it could not be loaded. */
export function ErrorState({ title, cause, advice, detail, onRetry, isRetrying, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cx('flex gap-3 rounded-lg border bg-panel p-4', className)}>
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {cause && <p className="text-sm text-muted">{cause}</p>}
        {advice && <p className="mt-1 text-sm">{advice}</p>}
        {detail && <CopyDetail detail={detail} />}
        {onRetry && (
          <Button size="sm" className="mt-3" pending={isRetrying} onClick={onRetry}>
            <RotateCw aria-hidden />
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
