import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { DeadLink, DeadLinkNote } from './dead-link.tsx'
import { isDeadLink } from './is-dead-link.ts'

export interface OpenedLinkProps {
  /** What the server tells about the link; `description` and `children` show it once it is there. */
  look: UseQueryResult<unknown>
  title: string
  description: ReactNode
  children: ReactNode
  deadTitle: string
  /** Why it may be dead, and who makes another. */
  deadWords: string
  skeleton: { lines: number; label: string }
  failureTitle: string
}

/** The page that a one-time link with its secret opens, in its states. */
export function OpenedLink({ look, title, description, children, ...rest }: OpenedLinkProps) {
  if (isDeadLink(look.error)) {
    return (
      <DeadLink title={rest.deadTitle}>
        <DeadLinkNote>{rest.deadWords}</DeadLinkNote>
      </DeadLink>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title={title} description={description} />
      {look.isPending && <TextSkeleton {...rest.skeleton} />}
      {look.isLoadingError && (
        <ErrorState
          {...describeFailure(look.error, rest.failureTitle)}
          onRetry={() => void look.refetch()}
          isRetrying={look.isFetching}
        />
      )}
      {children}
    </div>
  )
}
