import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'

import type { Column, Index } from '#api/contract/columns.ts'
import { addIndex, deleteIndex } from '#api/contract/tables.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { AddIndexDialog } from './add-index-dialog.tsx'
import { DeleteIndexDialog } from './delete-index-dialog.tsx'
import { indexText, KIND_WORDS } from './index-words.ts'

type StoredIndex = Index & { id: string }

/** The key's own index goes only with the table. */
const canDelete = (index: Index): index is StoredIndex => index.type !== 'primary' && index.id !== undefined

/** Without `onDelete` for who may not. */
function indexColumns(onDelete: ((index: StoredIndex) => void) | undefined): DataColumn<Index>[] {
  return [
    { id: 'fields', header: 'Columns', stacked: 'primary', cell: (index) => <code>{indexText(index)}</code> },
    { id: 'type', header: 'Kind', width: '12rem', stacked: 'secondary', cell: ({ type }) => KIND_WORDS[type] },
    {
      id: 'id',
      header: 'Id',
      width: '10rem',
      from: 'lg',
      cell: ({ id }) => <code className="text-xs text-muted">{id}</code>,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (index) =>
        onDelete &&
        canDelete(index) && (
          <IconButton label={`Delete index on ${indexText(index)}`} size="sm" onClick={() => onDelete(index)}>
            <Trash2 aria-hidden />
          </IconButton>
        ),
    },
  ]
}

/** What makes searching fast, and what keeps values unique. */
export function IndexPanel({ tableRef, columns }: { tableRef: TableRef; columns: readonly Column[] }) {
  const [isAdding, setIsAdding] = useState(false)
  const canAdd = useMay()(addIndex, tableRef.workspaceId)
  return (
    <Panel
      title="Indexes"
      flush
      actions={
        canAdd && (
          <Button size="sm" onClick={() => setIsAdding(true)}>
            Add index
          </Button>
        )
      }
    >
      <IndexList tableRef={tableRef} />
      {isAdding && <AddIndexDialog {...{ tableRef, columns }} onClose={() => setIsAdding(false)} />}
    </Panel>
  )
}

function IndexList({ tableRef }: { tableRef: TableRef }) {
  const list = useQuery(tables.indexes(tableRef))
  const [deleting, setDeleting] = useState<StoredIndex>()
  const mayDelete = useMay()(deleteIndex, tableRef.workspaceId)
  const columns = useMemo(() => indexColumns(mayDelete ? setDeleting : undefined), [mayDelete])
  if (list.isPending) {
    return (
      <div className="p-4">
        <TextSkeleton label="Loading indexes" />
      </div>
    )
  }
  if (list.isLoadingError) {
    return (
      <div className="p-4">
        <ErrorState
          {...describeFailure(list.error, 'Could not load the indexes')}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      </div>
    )
  }
  if (list.data.length === 0) return <p className="p-4 text-sm text-muted">No index. Searches read the whole table.</p>
  return (
    <>
      <DataTable
        flush
        label="Indexes"
        rows={list.data}
        columns={columns}
        rowKey={(index) => index.id ?? indexText(index)}
      />
      {deleting && <DeleteIndexDialog index={deleting} tableRef={tableRef} onClose={() => setDeleting(undefined)} />}
    </>
  )
}
