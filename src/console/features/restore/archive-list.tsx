import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'

const columns: DataColumn<Backup>[] = [
  {
    id: 'workspace',
    header: 'Backup of',
    stacked: 'primary',
    cell: ({ workspaceName, id }) => (workspaceName === '' ? `Uploaded archive ${id}` : workspaceName),
  },
  {
    id: 'when',
    header: 'When',
    width: '8rem',
    stacked: 'secondary',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  { id: 'marks', header: 'Marks', from: 'lg', width: '15rem', cell: (backup) => <Marks backup={backup} /> },
  {
    id: 'rows',
    header: 'Rows',
    width: '8rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ rows, summary, definitionOnly }) => {
      if (definitionOnly) return 'none'
      return summary === null ? 'unknown' : formatNumber(rows)
    },
  },
  { id: 'size', header: 'Size', width: '7rem', align: 'right', from: 'lg', cell: ({ bytes }) => formatBytes(bytes) },
]

function Marks({ backup }: { backup: Backup }) {
  return (
    <span className="flex gap-1">
      {backup.verifiedAt !== null && backup.status !== 'looks_wrong' && <Badge tone="success">Verified</Badge>}
      {backup.status === 'looks_wrong' && <Badge tone="danger">Looks wrong</Badge>}
      {backup.encrypted && <Badge>Encrypted</Badge>}
      {backup.definitionOnly && <Badge tone="warning">No rows</Badge>}
    </span>
  )
}

const isRestorable = ({ status }: Backup): boolean =>
  status === 'succeeded' || status === 'warnings' || status === 'looks_wrong'

/** Every archive of the instance that can be restored, whichever workspace it came from. */
export function ArchiveList({ onChoose }: { onChoose: (backup: Backup) => void }) {
  const list = useQuery(backups.list())
  const [query, setQuery] = useState('')

  if (list.isPending) return <DataTableSkeleton columns={columns} label="Loading backups" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the backups')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const restorable = list.data.items.filter(isRestorable)
  if (restorable.length === 0)
    return (
      <EmptyState>
        No backup yet that could be restored. Upload an archive file above, or take a backup of a workspace first.
      </EmptyState>
    )
  const shown = restorable.filter(({ workspaceName }) =>
    workspaceName.toLowerCase().includes(query.trim().toLowerCase()),
  )
  return (
    <div className="flex flex-col gap-3">
      <SearchInput label="Search by workspace" value={query} onValueChange={setQuery} />
      {shown.length === 0 ? (
        <EmptyState action={<Button onClick={() => setQuery('')}>Clear the search</Button>}>
          No backup matches “{query}”.
        </EmptyState>
      ) : (
        <DataTable
          label="Backups to restore"
          rows={shown}
          columns={columns}
          rowKey={({ id }) => String(id)}
          onRowOpen={onChoose}
        />
      )}
      <ListFoot noun="backup" shown={shown.length} total={restorable.length} />
    </div>
  )
}
