import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import { deleteColumn, renameColumn } from '#api/contract/tables.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { ColumnDialogs, type OpenColumnDialog } from './column-dialogs.tsx'
import { IndexPanel } from './index-panel.tsx'
import { schemaColumns } from './schema-columns.tsx'

/** What the table is made of: its columns and its indexes. */
export function SchemaTab({ tableRef }: { tableRef: TableRef }) {
  const { workspaceId } = tableRef
  const schema = useQuery(tables.schema(tableRef))
  const others = useQuery(tables.all(workspaceId))
  const [dialog, setDialog] = useState<OpenColumnDialog>()
  const may = useMay()
  const canRename = may(renameColumn, workspaceId)
  const canDelete = may(deleteColumn, workspaceId)
  const columns = useMemo(() => {
    const names = new Map(others.data?.items.map(({ id, name }) => [id, name]))
    return schemaColumns({ workspaceId, names, canRename, canDelete, onOpenDialog: setDialog })
  }, [workspaceId, others.data, canRename, canDelete])

  if (schema.isPending) return <DataTableSkeleton columns={columns} label="Loading columns" />
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
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <DataTable label="Columns" rows={schema.data} columns={columns} rowKey={({ name }) => name} />
        <ListFoot noun="column" shown={schema.data.length}>
          {schema.isRefetchError && <span className="text-warning">Could not refresh the columns</span>}
        </ListFoot>
      </div>
      <IndexPanel tableRef={tableRef} columns={schema.data} />
      {dialog && <ColumnDialogs dialog={dialog} tableRef={tableRef} onClose={() => setDialog(undefined)} />}
    </div>
  )
}
