import { CircleAlert, Lock, RotateCw } from 'lucide-react'
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
  /** It is not for this person: no fault, and asking again would end the same. */
  isFinal?: boolean | undefined
  className?: string | undefined
}

/** Stands where the thing itself would be when it could not be loaded. */
export function ErrorState(props: ErrorStateProps) {
  const { title, cause, advice, detail, onRetry, isRetrying, isFinal, className } = props
  const Icon = isFinal ? Lock : CircleAlert
  return (
    <div role={isFinal ? 'note' : 'alert'} className={cx('flex gap-3 rounded-lg border bg-panel p-4', className)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0 stroke-[1.5]', isFinal ? 'text-muted' : 'text-danger')} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {cause && <p className="text-sm text-muted">{cause}</p>}
        {advice && <p className="mt-1 text-sm">{advice}</p>}
        {detail && <CopyDetail detail={detail} />}
        {onRetry && !isFinal && (
          <Button size="sm" className="mt-3" pending={isRetrying} onClick={onRetry}>
            <RotateCw aria-hidden />
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
