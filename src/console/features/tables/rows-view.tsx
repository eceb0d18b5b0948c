import { Table2 } from 'lucide-react'

import type { Column } from '#api/contract/columns.ts'
import { createContent } from '#api/contract/content.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { Permitted } from '#console/scopes/permitted.tsx'
import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { FilterBar } from './filter-bar.tsx'
import { writeOpenRow } from './open-row.ts'
import { RowGrid } from './row-grid.tsx'
import { toSearch, toSort } from './row-search.ts'
import { useRowPages } from './use-row-pages.ts'
import { useRowView } from './use-row-view.ts'

export interface RowsViewProps {
  tableRef: TableRef
  columns: readonly Column[]
}

/** Filter bar and grid, in the four states of a list. */
export function RowsView({ tableRef, columns }: RowsViewProps) {
  const { view, setView } = useRowView()
  const rows = useRowPages({ tableRef, search: toSearch(view.filters, columns), sort: toSort(view.sort, columns) })
  const isFiltered = view.filters.length > 0

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <Toolbar>
        <FilterBar columns={columns} filters={view.filters} onFiltersChange={(filters) => setView({ filters })} />
      </Toolbar>
      <RowsBody
        {...{ tableRef, rows, columns, isFiltered }}
        sort={view.sort}
        onSortChange={(sort) => setView({ sort })}
        onClearFilters={() => setView({ filters: [] })}
      />
    </div>
  )
}

interface RowsBodyProps extends Pick<Parameters<typeof RowGrid>[0], 'rows' | 'columns' | 'sort' | 'onSortChange'> {
  tableRef: TableRef
  isFiltered: boolean
  onClearFilters: () => void
}

function RowsBody({ tableRef: { workspaceId }, rows, isFiltered, onClearFilters, ...grid }: RowsBodyProps) {
  const [, setParams] = useUrlParams()
  const adding = { endpoint: createContent, where: workspaceId }
  const { head } = rows
  if (head.isPending) return <TableSkeleton rows={14} columns={6} label="Loading rows" />
  if (head.isLoadingError) {
    return (
      <div className="flex flex-col items-start gap-3">
        <ErrorState
          {...describeFailure(head.error, 'Could not load the rows')}
          onRetry={() => void head.refetch()}
          isRetrying={head.isFetching}
          className="w-full"
        />
        {isFiltered && <Button onClick={onClearFilters}>Clear filters</Button>}
      </div>
    )
  }
  if (rows.rowCount === 0 && isFiltered)
    return <EmptyState action={<Button onClick={onClearFilters}>Clear filters</Button>}>No row matches.</EmptyState>
  if (rows.rowCount === 0) {
    return (
      <EmptyState
        icon={<Table2 />}
        action={
          <Permitted {...adding} otherwise={<NeedsNote {...adding} />}>
            <Button onClick={() => setParams((before) => writeOpenRow(before, 'new'))}>Add the first row</Button>
          </Permitted>
        }
      >
        No row yet. Rows are added here, by an endpoint, or through the Metadata API.
      </EmptyState>
    )
  }
  return <RowGrid rows={rows} {...grid} />
}
