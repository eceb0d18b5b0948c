import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface PasswordMeterProps {
  /** `short` = it is not even taken. */
  level: 'none' | 'short' | 'weak' | 'fair' | 'strong'
  /** The same in words: the bars alone say nothing. Undefined where an error beside it says them. */
  hint: ReactNode | undefined
}

const levels: Record<PasswordMeterProps['level'], { filled: number; fill: string }> = {
  none: { filled: 0, fill: '' },
  short: { filled: 1, fill: 'bg-danger' },
  weak: { filled: 1, fill: 'bg-danger' },
  fair: { filled: 2, fill: 'bg-warning' },
  strong: { filled: 3, fill: 'bg-success' },
}

/** How hard a password is to guess, in words and three bars. */
export function PasswordMeter({ level, hint }: PasswordMeterProps) {
  const { filled, fill } = levels[level]
  return (
    <span className="flex flex-col gap-1.5">
      <span aria-hidden className="grid grid-cols-3 gap-1">
        {[0, 1, 2].map((bar) => (
          <span key={bar} className={cx('h-1 rounded-full', bar < filled ? fill : 'bg-muted')} />
        ))}
      </span>
      {hint}
    </span>
  )
}
