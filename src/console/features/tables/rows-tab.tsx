import { useQuery } from '@tanstack/react-query'

import { searchContent } from '#api/contract/content.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { RowSheet } from './row-sheet.tsx'
import { RowsView } from './rows-view.tsx'

/** The rows: nothing of them can be drawn before the columns are known. */
export function RowsTab({ tableRef }: { tableRef: TableRef }) {
  const schema = useQuery(tables.schema(tableRef))
  const may = useMay()
  if (!may(searchContent, tableRef.workspaceId)) {
    return <NoAccess endpoint={searchContent} where={tableRef.workspaceId} />
  }
  if (schema.isPending) return <TableSkeleton rows={14} columns={6} label="Loading rows" />
  if (schema.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(schema.error, 'Could not load the columns')}
        onRetry={() => void schema.refetch()}
        isRetrying={schema.isFetching}
      />
    )
  }
  return (
    <>
      <RowsView tableRef={tableRef} columns={schema.data} />
      <RowSheet tableRef={tableRef} columns={schema.data} />
    </>
  )
}
