import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { members } from '#console/data/members.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { GrowingFoot } from '#console/ui/growing-foot.tsx'

import { useMe } from '../use-me.ts'
import { useWorkspaceNames } from '../use-workspace-names.ts'
import { memberColumns } from './member-columns.tsx'
import type { MemberActions } from './member-menu.tsx'

interface MemberListProps {
  search: string
  actions: MemberActions
  onOpen: (id: number) => void
  onClearSearch: () => void
}

/** The list in its states. There is always somebody: whoever looks at it. */
export function MemberList({ search, actions, onOpen, onClearSearch }: MemberListProps) {
  const me = useMe()
  const names = useWorkspaceNames()
  const list = useInfiniteQuery(members.list(search))
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const columns = useMemo(() => memberColumns({ me, names, actions }), [me, names, actions])

  if (list.isPending) return <DataTableSkeleton columns={columns} label="Loading members" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the members')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState action={<Button onClick={onClearSearch}>Clear the search</Button>}>No member matches.</EmptyState>
    )
  }
  return (
    <>
      <DataTable
        label="Members"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowLabel={({ name }) => name}
        onRowOpen={({ id }) => onOpen(id)}
      />
      <GrowingFoot
        noun="member"
        shown={rows.length}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        moreLabel="Load more members"
        isLoading={list.isFetchingNextPage}
      >
        {list.isFetchNextPageError && <span className="text-warning">Could not load more members</span>}
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </GrowingFoot>
    </>
  )
}
