import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface EmptyStateProps {
  /** One sentence: what would be here, or why nothing matches. */
  children: ReactNode
  /** The one next step. */
  action?: ReactNode
  /** A lucide icon, or nothing. */
  icon?: ReactNode
  className?: string | undefined
}

/** Nothing yet, or nothing that matches. */
export function EmptyState({ children, action, icon, className }: EmptyStateProps) {
  return (
    <div
      className={cx(
        'flex flex-col items-center gap-3 rounded-lg border border-dashed px-6 py-12 text-center',
        className,
      )}
    >
      {icon && (
        <div aria-hidden className="text-muted [&_svg]:size-6 [&_svg]:stroke-[1.25]">
          {icon}
        </div>
      )}
      <p className="max-w-md text-base text-muted">{children}</p>
      {action}
    </div>
  )
}
