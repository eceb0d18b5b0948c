import type { ReactNode } from 'react'

import { useDocumentTitle } from '#console/lib/use-document-title.ts'

import { CopyDetail } from './copy-detail.tsx'

export interface NoticePageProps {
  title: string
  /** Why, and what to do. */
  children?: ReactNode
  detail?: string | undefined
  actions?: ReactNode
  /** Stands alone, outside the frame, and is then the page's main landmark itself. */
  standalone?: boolean | undefined
}

/** A page that has nothing else to show: the shape behind `CrashPage` and `NotFoundPage`. */
export function NoticePage({ title, children, detail, actions, standalone }: NoticePageProps) {
  useDocumentTitle(title)
  const Box = standalone ? 'main' : 'div'
  return (
    <Box className="mx-auto flex w-full max-w-md flex-col items-start gap-4 px-4 py-[min(20vh,10rem)]">
      <div role="alert" className="w-full">
        <h1 className="text-xl font-semibold text-balance">{title}</h1>
        {children && <div className="mt-1.5 text-base text-muted">{children}</div>}
        {detail && <CopyDetail detail={detail} />}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </Box>
  )
}
