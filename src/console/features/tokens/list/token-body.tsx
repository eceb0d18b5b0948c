import { KeyRound } from 'lucide-react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'

import { tokenColumns } from './token-columns.tsx'
import { useRoom } from './token-rows.tsx'
import { isSearched } from './token-search.ts'
import { TokenTable, type TokenTableProps } from './token-table.tsx'
import { TokenToolbar } from './token-toolbar.tsx'

export interface TokenBodyProps extends TokenTableProps {
  onClear: () => void
}

/** The list in its states, below what it is narrowed to. */
export function TokenBody(props: TokenBodyProps) {
  const { found, search, onSearch } = props
  const { counts, attention } = found
  const hasNone = counts !== undefined && !isSearched(search) && Object.values(counts).every((one) => one === 0)
  if (hasNone) return <NoTokens />
  return (
    <>
      <TokenToolbar {...{ search, onSearch, counts }} attention={isSearched(search) ? undefined : attention} />
      <FoundTokens {...props} />
    </>
  )
}

function FoundTokens(props: TokenBodyProps) {
  const { found, search, now, act, onClear } = props
  const { list } = found
  const room = useRoom()
  if (list.isPending || found.isLooking) {
    const columns = tokenColumns({
      now,
      room,
      act,
      names: new Map(),
      users: new Map(),
      myId: undefined,
      isSortable: true,
    })
    return <DataTableSkeleton columns={columns} label="Loading tokens" />
  }
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the tokens')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (found.isStuck) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not look through all tokens')}
        onRetry={found.more}
        isRetrying={list.isFetching}
      />
    )
  }
  if (found.rows.length === 0) {
    return (
      <EmptyState action={<Button onClick={onClear}>Show all tokens</Button>}>
        {search.show === 'active' && !isSearched(search)
          ? 'No token works at the moment.'
          : 'No token fits what is chosen above.'}
      </EmptyState>
    )
  }
  return <TokenTable {...props} />
}

function NoTokens() {
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
