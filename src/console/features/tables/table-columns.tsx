import { useQuery } from '@tanstack/react-query'

import type { Table } from '#api/contract/tables.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import { tables } from '#console/data/tables.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'

/** What the list of tables shows of each. */
export function tableColumns(workspaceId: number): DataColumn<Table>[] {
  return [
    { id: 'name', header: 'Name', width: '30%', sortable: true, stacked: 'primary', cell: (table) => table.name },
    {
      id: 'description',
      header: 'Description',
      from: 'lg',
      cell: (table) => <span className="text-muted">{table.description}</span>,
    },
    {
      id: 'columns',
      header: 'Columns',
      width: '6rem',
      align: 'right',
      stacked: 'secondary',
      cell: (table) => <ColumnCount workspaceId={workspaceId} tableId={table.id} />,
    },
    {
      id: 'auth',
      header: 'Sign-in',
      width: '7rem',
      cell: (table) => table.auth === true && <Badge tone="info">Sign-in</Badge>,
    },
    {
      id: 'updated_at',
      header: 'Updated',
      width: '9rem',
      sortable: true,
      descendingFirst: true,
      stacked: 'secondary',
      cell: (table) => table.updated_at !== undefined && <RelativeTime at={metaTimeToIso(table.updated_at)} />,
    },
  ]
}

/** The list says nothing of columns, so each table's schema is asked for; opening the table then finds it there. */
function ColumnCount({ workspaceId, tableId }: { workspaceId: number; tableId: number }) {
  const schema = useQuery(tables.schema({ workspaceId, tableId }))
  if (schema.isPending) return <Skeleton className="ml-auto h-3 w-4" />
  return schema.data === undefined ? <span className="text-muted">unknown</span> : formatNumber(schema.data.length)
}
