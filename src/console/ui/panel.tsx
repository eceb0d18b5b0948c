import { useId, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface PanelProps {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  children?: ReactNode
  /** Without padding, for a table that goes from edge to edge. */
  flush?: boolean | undefined
  className?: string | undefined
}

/** A bordered section with a heading. */
export function Panel({ title, description, actions, children, flush, className }: PanelProps) {
  const titleId = useId()
  return (
    <section
      aria-labelledby={title ? titleId : undefined}
      className={cx('min-w-0 overflow-clip rounded-lg border bg-panel', className)}
    >
      {(title || actions) && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2.5">
          <div className="min-w-0">
            <h2 id={titleId} className="text-base font-semibold">
              {title}
            </h2>
            {description && <p className="text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  )
}
