import { useQuery } from '@tanstack/react-query'
import { Network } from 'lucide-react'
import { useMemo } from 'react'

import { createApiGroup, deleteApiGroup, updateApiGroup } from '#api/contract/api-groups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { session } from '#console/data/session.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { Permitted } from '#console/scopes/permitted.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { apiGroupColumns } from './api-group-columns.tsx'
import { ApiGroupTable } from './api-group-table.tsx'
import type { OpenDialog } from './open-dialog.ts'
import { useApiGroupSearch } from './use-api-group-search.ts'
import { useApiGroups } from './use-api-groups.ts'

interface ApiGroupsBodyProps {
  workspaceId: number
  onOpenDialog: (dialog: OpenDialog) => void
}

/** The list in its four states. */
export function ApiGroupsBody({ workspaceId, onOpenDialog }: ApiGroupsBodyProps) {
  const { search, setSearch } = useApiGroupSearch()
  const list = useApiGroups(workspaceId, search)
  const { text, setText } = useSettledText(search.q, (q) => setSearch({ q }))
  const origin = useQuery(session.current()).data?.signedIn?.server.publicUrl ?? location.origin
  const may = useMay()
  const creating = { endpoint: createApiGroup, where: workspaceId }
  const canEdit = may(updateApiGroup, workspaceId)
  const canDelete = may(deleteApiGroup, workspaceId)
  const hasTags = list.data?.items.some(({ tag }) => (tag?.length ?? 0) > 0) ?? false
  const columns = useMemo(
    () =>
      apiGroupColumns({
        origin: origin.replace(/\/$/, ''),
        hasTags,
        onEdit: canEdit ? (group) => onOpenDialog({ kind: 'edit', group }) : undefined,
        onDelete: canDelete ? (group) => onOpenDialog({ kind: 'delete', group }) : undefined,
      }),
    [origin, hasTags, canEdit, canDelete, onOpenDialog],
  )

  if (list.isPending) return <DataTableSkeleton columns={columns} label="Loading API groups" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the API groups')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const isNone = list.data.items.length === 0
  if (isNone && search.q === '' && search.page === 1) {
    return (
      <EmptyState
        icon={<Network />}
        action={
          <Permitted {...creating} otherwise={<NeedsNote {...creating} />}>
            <Button onClick={() => onOpenDialog({ kind: 'create' })}>Create the first API group</Button>
          </Permitted>
        }
      >
        No API group yet. It gathers the endpoints that programs call under one base URL.
      </EmptyState>
    )
  }
  return (
    <>
      <Toolbar>
        <SearchInput label="Search API groups" value={text} onValueChange={setText} />
      </Toolbar>
      {isNone ? (
        <EmptyState action={<Button onClick={() => setSearch({ q: '' })}>Clear the search</Button>}>
          No API group matches.
        </EmptyState>
      ) : (
        <ApiGroupTable
          page={list.data}
          columns={columns}
          search={search}
          onSearchChange={setSearch}
          isStale={list.isRefetchError}
        />
      )}
    </>
  )
}
