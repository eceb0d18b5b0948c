import { isRouteErrorResponse, useRevalidator, useRouteError } from 'react-router'

import { ApiError } from '#api/client/api-error.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { CrashPage } from '#console/ui/crash-page.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { CodeMissing } from './code-missing.tsx'
import { isCodeMissing } from './lazy-page.ts'
import { AWAY_ADVICE, useRetryWhenLive } from './use-retry-when-live.ts'
import { WorkspaceNotFound } from './workspace-not-found.tsx'

/** What a page shows that could not be drawn: nothing there, no answer, or a fault of our own. */
export function RouteError() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) {
    return error.statusText === 'workspace' ? <WorkspaceNotFound /> : <NotFoundPage />
  }
  if (error instanceof ApiError) return <LoadError error={error} />
  if (isCodeMissing(error)) return <CodeMissing />
  return <CrashPage detail={error instanceof Error ? error.message : String(error)} />
}

function LoadError({ error }: { error: ApiError }) {
  const revalidator = useRevalidator()
  const retry = () => void revalidator.revalidate()
  const { isAway } = useRetryWhenLive(retry)
  const failure = describeFailure(error, 'The server did not give what this page needs')
  return (
    <Page>
      <PageHeader title="This page could not be loaded" />
      <ErrorState
        {...failure}
        advice={isAway ? AWAY_ADVICE : failure.advice}
        onRetry={retry}
        isRetrying={revalidator.state === 'loading'}
      />
    </Page>
  )
}
