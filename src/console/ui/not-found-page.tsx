import type { ReactNode } from 'react'

import { ButtonLink } from './button-link.tsx'
import { NoticePage } from './notice-page.tsx'

export interface NotFoundPageProps {
  title?: string | undefined
  children?: ReactNode
  backTo?: string | undefined
  backLabel?: string | undefined
  standalone?: boolean | undefined
}

/** The address leads nowhere, or to something that was deleted or is not ours to see. */
export function NotFoundPage({
  title = 'Nothing at this address',
  children,
  backTo = '/',
  backLabel = 'Go to the start',
  standalone,
}: NotFoundPageProps) {
  return (
    <NoticePage
      title={title}
      standalone={standalone}
      actions={
        <ButtonLink to={backTo} variant="primary">
          {backLabel}
        </ButtonLink>
      }
    >
      {children ?? 'It may have been renamed or deleted, or the link is incomplete.'}
    </NoticePage>
  )
}
