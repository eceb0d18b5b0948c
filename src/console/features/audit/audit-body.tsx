import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCw, ScrollText } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useLoaderData } from 'react-router'

import { audit } from '#console/data/audit.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { GrowingFoot } from '#console/ui/growing-foot.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'

import { auditColumns } from './audit-columns.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { type AuditPageData, isFiltered, NO_FILTER } from './audit-search.ts'
import { usePeople } from './people.ts'
import { useAuditSearch } from './use-audit-search.ts'

const RecordSheet = lazy(async () => ({ default: (await import('./record-sheet.tsx')).RecordSheet }))

/** The list in its states, its filters, and the record that is open. */
export function AuditBody() {
  const { search, setSearch } = useAuditSearch()
  return (
    <>
      <AuditFilters search={search} onChange={setSearch} />
      <AuditList />
      <Suspense>
        {search.record !== undefined && (
          <RecordSheet sequence={search.record} onClose={() => setSearch({ record: undefined })} />
        )}
      </Suspense>
    </>
  )
}

function AuditList() {
  const { search, setSearch } = useAuditSearch()
  const { filter } = useLoaderData<AuditPageData>()
  const list = useInfiniteQuery(audit.list(filter))
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])

  const people = usePeople()
  const columns = useMemo(() => auditColumns(people), [people])

  if (list.isPending) return <DataTableSkeleton columns={columns} rows={12} label="Loading the audit log" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the audit log')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (rows.length === 0) {
    return isFiltered(search) ? (
      <EmptyState action={<Button onClick={() => setSearch(NO_FILTER)}>Clear the filters</Button>}>
        No record matches.
      </EmptyState>
    ) : (
      <EmptyState icon={<ScrollText />}>No record yet. Every write and every refused call leaves one here.</EmptyState>
    )
  }
  return (
    <>
      <DataTable
        label="Audit records"
        rows={rows}
        columns={columns}
        rowKey={({ sequence }) => String(sequence)}
        onRowOpen={({ sequence }) => setSearch({ record: sequence })}
      />
      <GrowingFoot
        noun="record"
        shown={rows.length}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        moreLabel="Load older records"
        isLoading={list.isFetchingNextPage}
      >
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
        {list.isFetchNextPageError && <span className="text-warning">Could not load older records</span>}
        <IconButton size="sm" label="Refresh the list" onClick={() => void list.refetch()}>
          <RotateCw aria-hidden className={list.isRefetching ? 'opacity-50' : undefined} />
        </IconButton>
      </GrowingFoot>
    </>
  )
}
