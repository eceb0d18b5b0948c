import { useQuery } from '@tanstack/react-query'

import { describeFailure } from '#console/data/describe-failure.ts'
import { signInRules } from '#console/data/sign-in-rules.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { durationWords } from './duration.ts'
import { LifetimesForm } from './lifetimes-form.tsx'

/** How long a session lasts. */
export function LifetimesPanel({ isOwner }: { isOwner: boolean }) {
  const policy = useQuery(signInRules.lifetimes())
  return (
    <Panel title="Sessions" description="After either time is over, one signs in again.">
      {policy.isPending && (
        <TextSkeleton
          lines={3}
          label="Loading the lifetimes"
          className={isOwner ? 'min-h-53 sm:min-h-35' : undefined}
        />
      )}
      {policy.isLoadingError && (
        <ErrorState
          {...describeFailure(policy.error, 'Could not load the lifetimes')}
          onRetry={() => void policy.refetch()}
          isRetrying={policy.isFetching}
        />
      )}
      {policy.data &&
        (isOwner ? (
          <LifetimesForm key={JSON.stringify(policy.data)} policy={policy.data} />
        ) : (
          <p>
            A session ends after {durationWords(policy.data.idleSeconds)} without a request, and{' '}
            {durationWords(policy.data.lifeSeconds)} after sign-in in any case.
          </p>
        ))}
    </Panel>
  )
}
