import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

interface LoadedProps<Data> {
  query: UseQueryResult<Data>
  /** What it is, in the plural or with its article: "your account". */
  noun: string
  lines?: number
  /** The least height of the content, so that nothing below it moves when it comes. */
  minHeight?: string
  children: (data: Data) => ReactNode
}

/** Content that comes from the server: while it is on its way, when it did not come, and itself. */
export function Loaded<Data>({ query, noun, lines = 3, minHeight, children }: LoadedProps<Data>) {
  if (query.isPending) return <TextSkeleton lines={lines} label={`Loading ${noun}`} className={minHeight} />
  if (query.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(query.error, `Could not load ${noun}`)}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    )
  }
  return children(query.data)
}
