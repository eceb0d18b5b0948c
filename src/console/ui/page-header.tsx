import type { ReactNode } from 'react'

import { useDocumentTitle } from '#console/lib/use-document-title.ts'
import { useFocusHeading } from '#console/lib/use-focus-heading.ts'

export interface PageHeaderProps {
  title: ReactNode
  /** The window's title when `title` is not plain text. */
  windowTitle?: string | undefined
  /** One line that says what this is or what is wrong. */
  description?: ReactNode
  /** A badge beside the title. */
  badge?: ReactNode
  /** Buttons; the primary one last. */
  actions?: ReactNode
}

/** Below the title they start at the left, and the menu of the rarer ones follows the primary one there. */
const actionsClass = 'flex flex-wrap items-center gap-2 max-sm:[&>[aria-haspopup=menu]]:order-last'

/** The page's heading; it takes the focus after a navigation and names the window. */
export function PageHeader({ title, windowTitle, description, badge, actions }: PageHeaderProps) {
  const ref = useFocusHeading()
  useDocumentTitle(windowTitle ?? (typeof title === 'string' ? title : undefined))
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-[1_1_20rem]">
        <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 ref={ref} tabIndex={-1} className="text-xl font-semibold text-balance wrap-anywhere">
            {title}
          </h1>
          {badge}
        </div>
        {description && <div className="text-base text-pretty text-muted">{description}</div>}
      </div>
      {actions && <div className={actionsClass}>{actions}</div>}
    </header>
  )
}
