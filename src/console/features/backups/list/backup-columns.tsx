import { Pin } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { isRunning } from '#console/data/backups.ts'
import { formatBytes } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ACTIONS_COLUMN, type DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { growthWords, hasArchive, keepWords, kindWords, rowWords } from '../backup-words.ts'
import { VerifiedMark } from '../verified-mark.tsx'
import { BackupMenu, type BackupMenuProps } from './backup-menu.tsx'
import { ProvenMarks } from './proven-marks.tsx'
import { RunState } from './run-state.tsx'

export interface BackupColumnsInput extends Omit<BackupMenuProps, 'backup'> {
  /** Names the workspace, where backups of several stand together. */
  isMixed: boolean
  /** Only a list that is whole can be sorted. */
  isWhole: boolean
}

const workspace: DataColumn<Backup> = {
  id: 'workspace',
  header: 'Workspace',
  width: '10rem',
  stacked: 'secondary',
  cell: ({ workspaceName }) => workspaceName || <span className="text-muted">unknown</span>,
}

export function backupColumns({ isMixed, isWhole, ...menu }: BackupColumnsInput): DataColumn<Backup>[] {
  const sorting = { sortable: isWhole, descendingFirst: true, align: 'right', stacked: 'secondary' } as const
  return [
    {
      id: 'when',
      header: 'When',
      width: '7.5rem',
      sortable: isWhole,
      descendingFirst: true,
      stacked: 'primary',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    ...(isMixed ? [workspace] : []),
    {
      id: 'kind',
      header: 'Kind',
      width: '10rem',
      wrap: true,
      stacked: 'secondary',
      cell: (backup) => <Kind backup={backup} />,
    },
    { id: 'state', header: 'State', wrap: true, stacked: 'secondary', cell: (backup) => <RunState backup={backup} /> },
    { id: 'size', header: 'Size', width: '8.5rem', wrap: true, ...sorting, cell: (backup) => <Size backup={backup} /> },
    {
      id: 'rows',
      header: 'Rows',
      width: '6.5rem',
      ...sorting,
      stacked: undefined,
      cell: (backup) => <Rows backup={backup} />,
    },
    {
      id: 'trust',
      header: 'Proven',
      width: '11rem',
      wrap: true,
      from: 'lg',
      stacked: 'secondary',
      cell: (backup) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <VerifiedMark backup={backup} />
          <ProvenMarks backup={backup} />
        </span>
      ),
    },
    {
      id: 'keeps',
      header: 'Kept',
      width: '10rem',
      from: 'xl',
      wrap: true,
      cell: (backup) => <Kept backup={backup} />,
    },
    { ...ACTIONS_COLUMN, cell: (backup) => <BackupMenu backup={backup} {...menu} /> },
  ]
}

function Kind({ backup }: { backup: Backup }) {
  const words = kindWords({ ...backup, definitionOnly: false })
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="max-w-full truncate" title={words}>
        {words}
      </span>
      {backup.definitionOnly && <Badge>Definition only</Badge>}
    </span>
  )
}

const nothing = <span className="text-muted">none</span>

/** Of a run that left no archive, what it had written says nothing. */
function Size({ backup }: { backup: Backup }) {
  if (isOver(backup) && !hasArchive(backup)) return nothing
  const growth = growthWords(backup)
  return (
    <span className="flex flex-wrap justify-end gap-x-2">
      {growth !== undefined && (
        <span className="text-muted">
          <span className="sr-only">against the one before </span>
          {growth}
        </span>
      )}
      {formatBytes(backup.bytes)}
    </span>
  )
}

function Rows({ backup }: { backup: Backup }) {
  if (isOver(backup) && !hasArchive(backup)) return nothing
  return backup.definitionOnly ? nothing : rowWords(backup)
}

function Kept({ backup }: { backup: Backup }) {
  if (!hasArchive(backup)) return null
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      {backup.pinned && <Pin aria-hidden className="size-3.5 shrink-0 stroke-[1.5]" />}
      {keepWords(backup)}
    </span>
  )
}

const isOver = (backup: Backup): boolean => !isRunning(backup)
