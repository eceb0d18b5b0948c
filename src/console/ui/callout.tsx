import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

const look = {
  info: { box: 'bg-info-soft', ink: 'text-info', Icon: Info },
  success: { box: 'bg-success-soft', ink: 'text-success', Icon: CircleCheck },
  warning: { box: 'bg-warning-soft', ink: 'text-warning', Icon: TriangleAlert },
  danger: { box: 'bg-danger-soft', ink: 'text-danger', Icon: OctagonAlert },
}

export interface CalloutProps {
  tone?: keyof typeof look | undefined
  title?: ReactNode
  children?: ReactNode
  /** A button at the right, or below on a narrow screen. */
  action?: ReactNode
  className?: string | undefined
}

/** Something to know before going on. */
export function Callout({ tone = 'info', title, children, action, className }: CalloutProps) {
  const { box, ink, Icon } = look[tone]
  return (
    <div className={cx('flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-3 py-2.5 text-sm', box, className)}>
      <div className="flex min-w-0 flex-[1_1_16rem] gap-2.5">
        <Icon aria-hidden className={cx('mt-[0.1rem] size-4 shrink-0 stroke-[1.5]', ink)} />
        <div className="min-w-0">
          {title && <p className={cx('font-medium', ink)}>{title}</p>}
          {children && <div className="text-foreground">{children}</div>}
        </div>
      </div>
      {action && <div className="flex shrink-0 gap-2">{action}</div>}
    </div>
  )
}
