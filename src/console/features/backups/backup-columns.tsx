import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { BackupMenu } from './backup-menu.tsx'
import { kindWords, rowWords, STATUS_WORDS } from './backup-words.ts'
import { VerifiedMark } from './verified-mark.tsx'

export interface BackupColumnsInput {
  /** Growth in size by id: `+2%`. */
  growth: ReadonlyMap<number, string>
  /** Names the workspace, where backups of several stand together. */
  isMixed: boolean
  onDelete: (backup: Backup) => void
}

export function backupColumns({ growth, isMixed, onDelete }: BackupColumnsInput): DataColumn<Backup>[] {
  const workspace: DataColumn<Backup> = {
    id: 'workspace',
    header: 'Workspace',
    cell: ({ workspaceName }) => workspaceName || <span className="text-muted">unknown</span>,
  }
  return [
    {
      id: 'when',
      header: 'When',
      width: '8rem',
      sortable: true,
      descendingFirst: true,
      stacked: 'primary',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    ...(isMixed ? [workspace] : []),
    { id: 'kind', header: 'Kind', from: 'lg', cell: (backup) => kindWords(backup) },
    {
      id: 'status',
      header: 'Status',
      width: '8.5rem',
      stacked: 'secondary',
      cell: ({ status }) => <Badge tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].words}</Badge>,
    },
    {
      id: 'size',
      header: 'Size',
      width: '9rem',
      align: 'right',
      sortable: true,
      descendingFirst: true,
      stacked: 'secondary',
      cell: (backup) => <Size backup={backup} growth={growth.get(backup.id)} />,
    },
    {
      id: 'rows',
      header: 'Rows',
      width: '7rem',
      align: 'right',
      sortable: true,
      descendingFirst: true,
      stacked: 'secondary',
      cell: (backup) => (backup.definitionOnly ? <Badge tone="warning">No rows</Badge> : rowWords(backup)),
    },
    {
      id: 'tables',
      header: 'Tables',
      width: '5.5rem',
      align: 'right',
      from: 'lg',
      cell: ({ tablesTotal }) => (tablesTotal === null ? 'unknown' : formatNumber(tablesTotal)),
    },
    {
      id: 'encrypted',
      header: 'Encrypted',
      width: '7rem',
      from: 'xl',
      stacked: 'secondary',
      cell: ({ encrypted }) => <Encrypted isOn={encrypted} />,
    },
    {
      id: 'verified',
      header: 'Check',
      width: '9rem',
      from: 'lg',
      stacked: 'secondary',
      cell: (backup) => <VerifiedMark backup={backup} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (backup) => <BackupMenu backup={backup} onDelete={() => onDelete(backup)} />,
    },
  ]
}

function Size({ backup, growth }: { backup: Backup; growth: string | undefined }) {
  return (
    <>
      {growth !== undefined && growth !== '0%' && <span className="mr-2 text-muted">{growth}</span>}
      {formatBytes(backup.bytes)}
    </>
  )
}

function Encrypted({ isOn }: { isOn: boolean }) {
  const Icon = isOn ? LockKeyhole : LockKeyholeOpen
  return (
    <span className={`inline-flex items-center gap-1.5 ${isOn ? '' : 'text-muted'}`}>
      <Icon aria-hidden className="size-3.5 shrink-0 stroke-[1.5]" />
      {isOn ? 'Yes' : 'No'}
    </span>
  )
}
