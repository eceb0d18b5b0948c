import { useQuery } from '@tanstack/react-query'

import type { Index } from '#api/contract/columns.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

const KIND_WORDS: Record<Index['type'], string> = {
  primary: 'Primary key',
  btree: 'B-tree',
  unique: 'Unique',
  search: 'Full-text search',
  spatial: 'Spatial',
  vector: 'Vector',
}

const columns: DataColumn<Index>[] = [
  {
    id: 'fields',
    header: 'Columns',
    stacked: 'primary',
    cell: (index) => <code>{index.fields.map(fieldText).join(', ')}</code>,
  },
  { id: 'type', header: 'Kind', width: '12rem', stacked: 'secondary', cell: ({ type }) => KIND_WORDS[type] },
  {
    id: 'id',
    header: 'Id',
    width: '10rem',
    from: 'lg',
    cell: ({ id }) => <code className="text-xs text-muted">{id}</code>,
  },
]

function fieldText({ name, op }: Index['fields'][number]): string {
  return op === undefined || op === '' || op === 'asc' ? name : `${name} ${op}`
}

/** What makes searching fast, and what keeps values unique. */
export function IndexPanel({ tableRef }: { tableRef: TableRef }) {
  return (
    <Panel title="Indexes" flush>
      <IndexList tableRef={tableRef} />
    </Panel>
  )
}

function IndexList({ tableRef }: { tableRef: TableRef }) {
  const list = useQuery(tables.indexes(tableRef))
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
    <DataTable
      flush
      label="Indexes"
      rows={list.data}
      columns={columns}
      rowKey={(index) => index.id ?? index.fields.map(fieldText).join()}
    />
  )
}
