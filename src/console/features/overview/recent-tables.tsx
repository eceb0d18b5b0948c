import { useQuery } from '@tanstack/react-query'

import { searchContent } from '#api/contract/content.ts'
import { createTable, listTables } from '#api/contract/tables.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import { tables } from '#console/data/tables.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

const SHOWN = 6

export const recentTables = (workspaceId: number) =>
  tables.list({ workspaceId, per_page: SHOWN, sort: 'updated_at', order: 'desc' })

/** The tables somebody worked on last. */
export function RecentTables({ workspaceId }: { workspaceId: number }) {
  const base = `/w/${workspaceId}/tables`
  const may = useMay()
  if (!may(listTables, workspaceId)) {
    return (
      <Panel title="Recently changed tables">
        <NeedsNote endpoint={listTables} where={workspaceId} />
      </Panel>
    )
  }
  return (
    <Panel
      title="Recently changed tables"
      flush
      actions={
        <ButtonLink to={base} size="sm">
          All tables
        </ButtonLink>
      }
    >
      <RecentTableList workspaceId={workspaceId} base={base} />
    </Panel>
  )
}

function RecentTableList({ workspaceId, base }: { workspaceId: number; base: string }) {
  const list = useQuery(recentTables(workspaceId))
  const may = useMay()
  // Whoever may not read rows is led to what they may read.
  const part = may(searchContent, workspaceId) ? '' : '/schema'
  if (list.isPending) return <RecentTableSkeleton />
  if (list.isLoadingError) {
    return (
      <div className="p-4">
        <ErrorState
          {...describeFailure(list.error, 'Could not load the tables')}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      </div>
    )
  }
  if (list.data.items.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3 p-4 text-muted">
        No table yet. A table is a real PostgreSQL table with typed columns.
        {may(createTable, workspaceId) ? (
          <ButtonLink to={`${base}/new`} variant="primary">
            Create the first table
          </ButtonLink>
        ) : (
          <NeedsNote endpoint={createTable} where={workspaceId} />
        )}
      </div>
    )
  }
  return (
    <ul className="text-sm">
      {list.data.items.map((table) => (
        <li key={table.id} className="flex h-8 items-center justify-between gap-4 px-4 not-last:border-b">
          <TextLink look="quiet" to={`${base}/${table.id}${part}`} className="truncate">
            {table.name}
          </TextLink>
          <span className="shrink-0 text-muted">
            {table.updated_at !== undefined && <RelativeTime at={metaTimeToIso(table.updated_at)} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

function RecentTableSkeleton() {
  return (
    <output aria-label="Loading tables" className="block">
      {Array.from({ length: SHOWN }, (_, row) => (
        <div key={row} className="flex h-8 items-center px-4 not-last:border-b">
          <Skeleton className="h-3 w-32" />
        </div>
      ))}
    </output>
  )
}
