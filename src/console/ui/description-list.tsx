import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface DescriptionListProps {
  items: readonly { label: string; value: ReactNode }[]
  className?: string | undefined
}

/** Names and values of one thing; stacked on a narrow screen. */
export function DescriptionList({ items, className }: DescriptionListProps) {
  return (
    <dl className={cx('grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[minmax(8rem,max-content)_minmax(0,1fr)]', className)}>
      {items.map((item) => (
        <div key={item.label} className="sm:contents">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 wrap-anywhere">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
