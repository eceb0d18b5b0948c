import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { ApiError } from '#api/client/api-error.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'

export interface PreviewWaitingProps {
  query: UseQueryResult<unknown>
  title: string
  /** Stands where the thing itself will be. */
  skeleton: ReactNode
}

/** While something is read from the archive, or when that did not work; nothing once it is there. */
export function PreviewWaiting({ query, title, skeleton }: PreviewWaitingProps) {
  if (query.isPending) return skeleton
  if (!query.isLoadingError) return null
  const isDamaged = query.error instanceof ApiError && query.error.code === 'bad_archive'
  return (
    <ErrorState
      {...describeFailure(query.error, title)}
      {...(isDamaged && { advice: 'Choose another backup: this one is damaged. Nothing was written.' })}
      onRetry={() => void query.refetch()}
      isRetrying={query.isFetching}
    />
  )
}
