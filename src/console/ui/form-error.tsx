import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { CopyDetail } from './copy-detail.tsx'

export interface FormErrorProps {
  /** What happened. */
  title: string
  /** Why, and what to do. */
  children?: ReactNode
  /** Something to copy for support, such as a request id. */
  detail?: string | undefined
}

/** What the server said to a form, right above its submit button. */
export function FormError({ title, children, detail }: FormErrorProps) {
  return (
    <div role="alert" className="flex gap-2 rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger">{title}</p>
        {children && <div className="text-foreground">{children}</div>}
        {detail && <CopyDetail detail={detail} />}
      </div>
    </div>
  )
}
