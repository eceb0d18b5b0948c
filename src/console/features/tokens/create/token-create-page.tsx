import type { QueryClient } from '@tanstack/react-query'
import type { LoaderFunctionArgs } from 'react-router'

import { account } from '#console/data/account.ts'
import { sessions } from '#console/data/sessions.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { TokenCreateForm } from './token-create-form.tsx'
import { TokenFormSkeleton } from './token-form-skeleton.tsx'
import { readFrom, useTokenStart } from './use-token-start.ts'

export function createLoader(client: QueryClient) {
  return ({ request }: LoaderFunctionArgs) => {
    const fromId = readFrom(new URL(request.url).searchParams)
    void client.query(tokens.policy()).catch(() => undefined)
    void client.query(account.mine()).catch(() => undefined)
    void client.query(workspaces.list()).catch(() => undefined)
    void client.query(sessions.list({ all: false, cursor: undefined })).catch(() => undefined)
    if (fromId !== undefined) void client.query(tokens.detail(fromId)).catch(() => undefined)
    return null
  }
}

export function Component() {
  return (
    <Page>
      <PageHeader
        title="New token"
        description="Give it no more than it must have. What it can do cannot be changed later; a new one is made in a minute."
      />
      <TokenCreateBody />
    </Page>
  )
}

function TokenCreateBody() {
  const state = useTokenStart()
  if (state.status === 'pending') return <TokenFormSkeleton />
  if (state.status === 'failed') {
    return (
      <>
        <ErrorState {...state.failure} onRetry={state.retry} isRetrying={state.isRetrying} />
        {state.isOfCopy && (
          <div>
            <ButtonLink to="/tokens/new">Begin with an empty form</ButtonLink>
          </div>
        )}
      </>
    )
  }
  return <TokenCreateForm key={state.value.copiedFrom?.id} {...state.value} />
}
