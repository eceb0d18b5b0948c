import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import type { Restore } from '#api/contract/restores.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { isRestoring, restores } from '#console/data/restores.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { RestoreProgress } from './restore-progress.tsx'
import { RestoreResult } from './restore-result.tsx'
import { WizardSteps } from './wizard-steps.tsx'

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(restores.detail(Number(params['restoreId']))).catch(() => undefined)
    return null
  }
}

/** A restore that runs or has run: the last two steps, at an address of their own, so that the tab may be closed. */
export function Component() {
  const detail = useQuery(restores.detail(Number(useParams()['restoreId'])))
  if (detail.data) return <RestoreView restore={detail.data} />
  return (
    <Page>
      <PageHeader title="Restore" />
      {detail.isPending ? (
        <TextSkeleton lines={4} label="Loading the restore" />
      ) : (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the restore')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
    </Page>
  )
}

function RestoreView({ restore }: { restore: Restore }) {
  const isActive = isRestoring(restore)
  return (
    <Page>
      <PageHeader
        title="Restore"
        description={
          restore.intoNew
            ? `Into the new workspace ${restore.workspaceName}.`
            : `Over the workspace ${restore.workspaceName}.`
        }
      />
      <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
        <WizardSteps current={isActive ? 'progress' : 'result'} summaries={{ where: restore.workspaceName }} />
        <div aria-live="polite" className="max-w-4xl min-w-0 flex-1">
          {isActive ? <RestoreProgress restore={restore} /> : <RestoreResult restore={restore} />}
        </div>
      </div>
    </Page>
  )
}
