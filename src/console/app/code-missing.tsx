import { useMutation } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import { getHealth } from '#api/contract/health.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { AWAY_ADVICE, useRetryWhenLive } from './use-retry-when-live.ts'

/** A page whose code is not there. Loads everything anew, but only once the server answers, lest the browser's own error page replaces this one. */
export function CodeMissing() {
  const reload = useMutation({ mutationFn: () => call(getHealth), onSuccess: () => location.reload() })
  const { isAway } = useRetryWhenLive(() => reload.mutate())
  return (
    <Page>
      <PageHeader title="This page could not be loaded" />
      <ErrorState
        title="The page’s code could not be fetched"
        cause={
          reload.isError
            ? 'The server still does not answer.'
            : 'The server did not answer, or Metadeck was updated after this window was opened.'
        }
        advice={isAway ? AWAY_ADVICE : undefined}
        onRetry={() => reload.mutate()}
        isRetrying={reload.isPending}
      />
    </Page>
  )
}
