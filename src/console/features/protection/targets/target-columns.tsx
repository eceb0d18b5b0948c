import { Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react'

import type { Target } from '#api/contract/targets.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { placeWords, testWords, usersWords } from './target-words.ts'

export interface TargetActions {
  onEdit: (target: Target) => void
  onTest: (target: Target) => void
  onDelete: (target: Target) => void
}

export function targetColumns(actions: TargetActions): DataColumn<Target>[] {
  return [
    { id: 'name', header: 'Name', width: '15rem', stacked: 'primary', cell: ({ name }) => name },
    {
      id: 'place',
      header: 'Where',
      cell: ({ settings }) => <code className="text-sm">{placeWords(settings)}</code>,
    },
    {
      id: 'backups',
      header: 'Backups',
      width: '6rem',
      align: 'right',
      stacked: 'secondary',
      cell: ({ backups }) => formatNumber(backups),
    },
    {
      id: 'bytes',
      header: 'Size',
      width: '6rem',
      align: 'right',
      stacked: 'secondary',
      cell: ({ bytes }) => formatBytes(bytes),
    },
    { id: 'users', header: 'Written by', width: '12rem', from: 'lg', cell: ({ schedules }) => usersWords(schedules) },
    {
      id: 'test',
      header: 'Last test',
      width: '13rem',
      from: 'lg',
      stacked: 'secondary',
      cell: (target) => <LastTest target={target} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (target) => (target.id === null ? null : <TargetMenu target={target} {...actions} />),
    },
  ]
}

function LastTest({ target: { lastTest, id } }: { target: Target }) {
  if (lastTest === null) return <span className="text-muted">{id === null ? 'always there' : 'never tested'}</span>
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={lastTest.ok ? 'success' : 'danger'}>{testWords(lastTest)}</Badge>
      <span className="text-muted">
        <RelativeTime at={lastTest.at} />
      </span>
    </span>
  )
}

function TargetMenu({ target, onEdit, onTest, onDelete }: TargetActions & { target: Target }) {
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${target.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<PlugZap aria-hidden />} onSelect={() => onTest(target)}>
        Test this target
      </MenuItem>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(target)}>
        Change
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onDelete(target)}>
        Remove target
      </MenuItem>
    </Menu>
  )
}
