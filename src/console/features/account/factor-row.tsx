import type { ReactNode } from 'react'

interface FactorRowProps {
  title: ReactNode
  children: ReactNode
  actions?: ReactNode
}

/** One way of proving oneself: what it is, how it stands, and what to do with it. */
export function FactorRow({ title, children, actions }: FactorRowProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-t py-3 first:border-t-0 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-[1_1_16rem]">
        <p className="font-medium wrap-anywhere">{title}</p>
        <div className="text-sm text-muted">{children}</div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
