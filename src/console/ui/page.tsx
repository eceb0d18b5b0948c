import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

export interface PageProps {
  children: ReactNode
  /** `form` keeps lines short, `full` uses the window. */
  width?: 'full' | 'form' | undefined
  /** As high as the window: for a grid that scrolls by itself. */
  fill?: boolean | undefined
}

/** The space inside the frame, with its margins and the distance between its parts. */
export function Page({ children, width = 'full', fill }: PageProps) {
  return (
    <div
      className={cx(
        'flex min-w-0 flex-col gap-4 p-4 sm:p-6',
        width === 'form' && 'max-w-[calc(45rem+3rem)]',
        fill && 'h-[calc(100dvh-3rem)] min-h-96 [&>*]:shrink-0',
      )}
    >
      {children}
    </div>
  )
}
