import type { Backup } from '#api/contract/backups.ts'
import { formatLocal, formatRelative } from '#console/lib/format-time.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { archiveState, whichBackup } from '../archive-words.ts'

const TICK_MS = 30_000

/** What tells one archive from another. */
export const archiveColumns: DataColumn<Backup>[] = [
  {
    id: 'workspace',
    header: 'Backup of',
    stacked: 'primary',
    wrap: true,
    cell: ({ workspaceName, id }) => (
      // Two lines tell most names apart that begin alike.
      <span title={workspaceName} className="line-clamp-2 wrap-anywhere whitespace-normal">
        {workspaceName === '' ? `Uploaded archive ${id}` : workspaceName}
      </span>
    ),
  },
  {
    id: 'when',
    header: 'When',
    width: '31%',
    wrap: true,
    stacked: 'secondary',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  {
    id: 'which',
    header: 'Backup',
    width: '14%',
    from: 'xl',
    stacked: 'secondary',
    cell: (backup) => whichBackup(backup),
  },
  {
    id: 'state',
    header: 'State',
    width: '18%',
    wrap: true,
    stacked: 'secondary',
    cell: (backup) => <Marks backup={backup} />,
  },
  {
    id: 'rows',
    header: 'Rows',
    width: '10%',
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
    width: '9%',
    align: 'right',
    from: 'xl',
    stacked: 'secondary',
    cell: ({ bytes }) => formatBytes(bytes),
  },
]

/** Both, because the question is which of several nights. */
function Moment({ at }: { at: string }) {
  const now = useNow(TICK_MS)
  const date = new Date(at)
  return (
    <time dateTime={at} className="tabular-nums">
      <span className="whitespace-nowrap">{formatLocal(date)}</span>{' '}
      <span className="whitespace-nowrap text-muted">· {formatRelative(date, now)}</span>
    </time>
  )
}

function Marks({ backup }: { backup: Backup }) {
  const { words, tone, reason } = archiveState(backup)
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Badge tone={tone}>{words}</Badge>
      {backup.drill?.status === 'succeeded' && <Badge tone="success">Rehearsed</Badge>}
      {backup.encrypted && <Badge>Encrypted</Badge>}
      {backup.definitionOnly && <Badge>Definition only</Badge>}
      {reason !== undefined && <span className="w-full text-xs text-muted">{reason}</span>}
    </span>
  )
}
