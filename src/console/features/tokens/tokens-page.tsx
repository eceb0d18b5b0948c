import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tokens } from '#console/data/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useNow } from '#console/lib/use-now.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { RevokeTokenDialog } from './revoke-token-dialog.tsx'
import { tokenColumns } from './token-columns.tsx'
import { attentionWords } from './token-list.ts'
import { TokenTable } from './token-table.tsx'

const purpose = 'Keys for programs. Each can do what its scopes say, and nothing else.'
/** Days and hours are all the list shows, so a minute is soon enough. */
const tickMs = 60_000

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(tokens.list()).catch(() => undefined)
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

export function Component() {
  const list = useQuery(tokens.list())
  const now = useNow(tickMs)
  const [revoking, setRevoking] = useState<Token>()
  const createLink = (
    <ButtonLink to="/tokens/new" variant="primary">
      New token
    </ButtonLink>
  )

  return (
    <Page>
      <PageHeader
        title="Tokens"
        description={(list.data && attentionWords(list.data.items, now)) ?? purpose}
        actions={createLink}
      />
      <TokenList list={list} now={now} onRevoke={setRevoking} />
      <RevokeTokenDialog token={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  )
}

interface TokenListProps {
  list: UseQueryResult<{ items: Token[] }, unknown>
  now: Date
  onRevoke: (token: Token) => void
}

function TokenList({ list, now, onRevoke }: TokenListProps) {
  if (list.isPending)
    return <DataTableSkeleton columns={tokenColumns({ now, names: new Map(), onRevoke })} label="Loading tokens" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the tokens')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (list.data.items.length === 0) {
    return (
      <EmptyState
        icon={<KeyRound />}
        action={
          <ButtonLink to="/tokens/new" variant="primary">
            Create the first token
          </ButtonLink>
        }
      >
        No token yet. A program needs one to reach the Metadata API.
      </EmptyState>
    )
  }
  return <TokenTable items={list.data.items} now={now} onRevoke={onRevoke} isStale={list.isRefetchError} />
}
