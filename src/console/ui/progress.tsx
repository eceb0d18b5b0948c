import { Progress as BaseProgress } from '@base-ui/react/progress'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface ProgressProps {
  /** What is under way: "Exporting". Announced when it changes. */
  label: string
  /** What is known beside it: "214 MB · 9.8 MB/s · 1:12 · last run took 3:40". */
  detail?: ReactNode
  value?: number | undefined
  /** Only when the total is really known; without it the bar shows activity, not a share. */
  total?: number | undefined
  tone?: 'accent' | 'success' | 'danger' | undefined
  className?: string | undefined
}

const tones = { accent: 'bg-accent', success: 'bg-success', danger: 'bg-danger' }

/** Progress that is measured, never invented. */
export function Progress({ label, detail, value, total, tone = 'accent', className }: ProgressProps) {
  const isKnown = value !== undefined && total !== undefined && total > 0
  const share = isKnown ? Math.min(100, Math.round((value / total) * 100)) : null
  return (
    <BaseProgress.Root value={share} aria-label={label} className={cx('flex flex-col gap-1.5', className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="text-muted tabular-nums">
          {share !== null && `${share}%`}
          {share !== null && detail && ' · '}
          {detail}
        </span>
      </div>
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-muted">
        <BaseProgress.Indicator
          className={cx(
            'h-full rounded-full',
            tones[tone],
            share === null
              ? 'w-2/5 animate-indeterminate motion-reduce:w-full motion-reduce:opacity-40'
              : 'transition-[width]',
          )}
        />
      </BaseProgress.Track>
      <output className="sr-only">{share === null ? label : `${label}, ${Math.floor(share / 25) * 25}%`}</output>
    </BaseProgress.Root>
  )
}
