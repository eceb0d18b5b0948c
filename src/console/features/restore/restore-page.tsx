import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { ApiError } from '#api/client/api-error.ts'
import { getRestore, type Restore } from '#api/contract/restores.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { isRestoring, restores } from '#console/data/restores.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { EARLIER_RESTORES } from './restore-search.ts'
import { outcomeOf, restoreTitle } from './restore-words.ts'
import { RestoreProgress } from './run/restore-progress.tsx'
import { RestoreResult } from './run/restore-result.tsx'
import { WizardSteps } from './wizard-steps.tsx'

export const access = { title: 'Restore', endpoint: getRestore }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(restores.detail(Number(params['restoreId']))).catch(() => undefined)
    return null
  }
}

/** A restore that runs or has run: the last two steps, at an address of their own, so that the tab may be closed. */
export function Component() {
  const { restoreId } = useParams()
  const detail = useQuery(restores.detail(Number(restoreId)))
  const restore = detail.data

  if (restore === undefined && detail.error instanceof ApiError && detail.error.code === 'not_found') {
    return (
      <NotFoundPage title="No such restore" backTo="/restore" backLabel="Restore a backup">
        The link is incomplete, or the record of this restore is gone.
      </NotFoundPage>
    )
  }
  return (
    <Page>
      <PageHeader
        title={restore ? `Restore ${restore.id}` : 'Restore'}
        badge={restore && <Badge tone={outcomeOf(restore).tone}>{outcomeOf(restore).words}</Badge>}
        description={restore && <span className="wrap-anywhere">{restoreTitle(restore)}.</span>}
        actions={<ButtonLink to={`/restore#${EARLIER_RESTORES}`}>All restores</ButtonLink>}
      />
      {restore ? <RestoreView restore={restore} /> : <RestoreWaiting detail={detail} />}
    </Page>
  )
}

function RestoreWaiting({ detail }: { detail: UseQueryResult<Restore, unknown> }) {
  if (detail.isPending) return <TextSkeleton lines={4} label="Loading the restore" />
  return (
    <ErrorState
      {...describeFailure(detail.error, 'Could not load the restore')}
      onRetry={() => void detail.refetch()}
      isRetrying={detail.isFetching}
    />
  )
}

function RestoreView({ restore }: { restore: Restore }) {
  const isActive = isRestoring(restore)
  const wasActive = useRef(isActive)

  // The result takes the place of the progress: who reads by ear begins anew at the heading.
  useEffect(() => {
    if (wasActive.current && !isActive) document.querySelector('h1')?.focus({ preventScroll: true })
    wasActive.current = isActive
  }, [isActive])

  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
      {restore.undoOf === null && (
        <WizardSteps current={isActive ? 'progress' : 'result'} summaries={{ where: restore.workspaceName }} />
      )}
      <div className="max-w-5xl min-w-0 flex-1">
        {isActive ? <RestoreProgress restore={restore} /> : <RestoreResult restore={restore} />}
      </div>
    </div>
  )
}
