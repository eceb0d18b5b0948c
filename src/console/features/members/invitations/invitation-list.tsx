import { useInfiniteQuery } from '@tanstack/react-query'
import { MailPlus } from 'lucide-react'
import { useMemo } from 'react'

import { describeFailure } from '#console/data/describe-failure.ts'
import { invitations } from '#console/data/invitations.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { GrowingFoot } from '#console/ui/growing-foot.tsx'

import { useMe } from '../use-me.ts'
import { useWorkspaceNames } from '../use-workspace-names.ts'
import { type InvitationActions, invitationColumns } from './invitation-columns.tsx'

interface InvitationListProps extends InvitationActions {
  onInvite: () => void
}

/** Open and expired invitations, newest first. */
export function InvitationList({ onInvite, onResend, onRevoke, isBusy }: InvitationListProps) {
  const me = useMe()
  const names = useWorkspaceNames()
  const list = useInfiniteQuery(invitations.list())
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const columns = useMemo(
    () => invitationColumns({ me, names, onResend, onRevoke, isBusy }),
    [me, names, onResend, onRevoke, isBusy],
  )

  if (list.isPending) return <DataTableSkeleton columns={columns} rows={4} label="Loading invitations" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the invitations')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon={<MailPlus />} action={<Button onClick={onInvite}>Invite a member</Button>}>
        No invitation is open. Whoever accepted one is among the members.
      </EmptyState>
    )
  }
  return (
    <>
      <DataTable
        label="Invitations"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowLabel={({ email }) => email}
      />
      <GrowingFoot
        noun="invitation"
        shown={rows.length}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        moreLabel="Load more invitations"
        isLoading={list.isFetchingNextPage}
      >
        {list.isFetchNextPageError && <span className="text-warning">Could not load more invitations</span>}
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </GrowingFoot>
    </>
  )
}
