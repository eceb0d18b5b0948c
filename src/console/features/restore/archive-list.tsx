import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formatLocal, formatRelative } from '#console/lib/format-time.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { whichBackup } from './restore-words.ts'

const tickMs = 30_000

const columns: DataColumn<Backup>[] = [
  {
    id: 'workspace',
    header: 'Backup of',
    stacked: 'primary',
    wrap: true,
    cell: ({ workspaceName, id }) => (workspaceName === '' ? `Uploaded archive ${id}` : workspaceName),
  },
  {
    id: 'when',
    header: 'When',
    width: '13.5rem',
    stacked: 'secondary',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  { id: 'which', header: 'Which', width: '10rem', stacked: 'secondary', cell: (backup) => whichBackup(backup) },
  {
    id: 'marks',
    header: 'Marks',
    from: 'xl',
    width: '9.5rem',
    wrap: true,
    stacked: 'secondary',
    cell: (backup) => <Marks backup={backup} />,
  },
  {
    id: 'rows',
    header: 'Rows',
    width: '6rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ rows, summary, definitionOnly }) => {
      if (definitionOnly) return 'none'
      return summary === null ? 'unknown' : formatNumber(rows)
    },
  },
  {
    id: 'size',
    header: 'Size',
    width: '6rem',
    align: 'right',
    from: 'xl',
    stacked: 'secondary',
    cell: ({ bytes }) => formatBytes(bytes),
  },
]

/** Exact, because the question is which of several; how long ago it was is one glance away. */
function Moment({ at }: { at: string }) {
  const now = useNow(tickMs)
  const date = new Date(at)
  return (
    <Tooltip content={formatRelative(date, now)}>
      <time dateTime={at} className="whitespace-nowrap tabular-nums">
        {formatLocal(date)}
      </time>
    </Tooltip>
  )
}

function Marks({ backup }: { backup: Backup }) {
  const isVerified = backup.verifiedAt !== null && backup.status !== 'looks_wrong'
  const hasMarks = isVerified || backup.status === 'looks_wrong' || backup.encrypted || backup.definitionOnly
  if (!hasMarks) return <span className="text-muted">none</span>
  return (
    <span className="flex flex-wrap gap-1">
      {isVerified && <Badge tone="success">Verified</Badge>}
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
          rowLabel={({ workspaceName, id }) => `${workspaceName} #${id}`}
          onRowOpen={onChoose}
        />
      )}
      <ListFoot noun="backup" shown={shown.length} total={restorable.length} />
    </div>
  )
}
