import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'

import { ApiError } from '#api/client/api-error.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { Page } from '#console/ui/page.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { AllTokensLink } from './all-tokens-link.tsx'
import { ProbePanel } from './create/probe-panel.tsx'
import { CutNote } from './detail/cut-note.tsx'
import { SecretKnownNote } from './detail/secret-known-note.tsx'
import { TokenContent } from './detail/token-content.tsx'
import { TokenHeader } from './detail/token-header.tsx'
import { TokenRotation } from './detail/token-rotation.tsx'
import { isAlive } from './token-status-words.ts'
import { useTokenActions } from './use-token-actions.tsx'

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    const ignore = () => undefined
    void client.query(tokens.detail(Number(params['tokenId']))).catch(ignore)
    void client.query(workspaces.list()).catch(ignore)
    return null
  }
}

export function Component() {
  const { tokenId } = useParams()
  const navigate = useNavigate()
  const detail = useQuery(tokens.detail(Number(tokenId)))
  const { act, shrink, dialogs } = useTokenActions((id) => void navigate(`/tokens/${id}`))
  const token = detail.data

  if (token === undefined && detail.error instanceof ApiError && detail.error.code === 'not_found') {
    return (
      <NotFoundPage title="No such token" backTo="/tokens" backLabel="All tokens">
        The link is incomplete, or the token is not among those that you may see.
      </NotFoundPage>
    )
  }
  return (
    <Page>
      <AllTokensLink />
      <TokenHeader token={token} isPending={detail.isPending} act={act} />
      {token && <SecretKnownNote token={token} onRotate={act.rotate} onEnable={act.enable} />}
      {token && <CutNote token={token} />}
      {token && <TokenRotation token={token} act={act} />}
      {token && (
        <TokenContent
          token={token}
          onShrink={(scopes) => shrink(token, scopes)}
          probe={isAlive(token) && <ProbePanel key={token.id} tokenId={token.id} />}
        />
      )}
      {detail.isPending && <TextSkeleton lines={8} label="Loading the token" />}
      {detail.isLoadingError && (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the token')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
      {dialogs}
    </Page>
  )
}
