import type { ReactNode } from 'react'

/** Filters and search at the left, counts and view at the right, above the thing itself. */
export function Toolbar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-wrap items-center gap-2">{children}</div>
      {end && <div className="flex flex-wrap items-center gap-3 text-sm text-muted">{end}</div>}
    </div>
  )
}
