import { PlugZap } from 'lucide-react'

import type { Target } from '#api/contract/targets.ts'
import { formatBytes, formatNumber } from '#console/lib/format.ts'
import { ACTIONS_COLUMN, type DataColumn } from '#console/ui/data-table/data-column.ts'

import { type EditActions, EditMenu } from '../edit-menu.tsx'
import { LongName } from '../long-name.tsx'
import { StateSince } from '../state-since.tsx'
import { placeWords, testWords, usersWords } from './target-words.ts'

export function targetColumns(actions: EditActions<Target>): DataColumn<Target>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: '17rem',
      wrap: true,
      stacked: 'primary',
      cell: ({ name }) => <LongName name={name} />,
    },
    {
      id: 'place',
      header: 'Where',
      wrap: true,
      stacked: 'secondary',
      cell: ({ settings }) => (
        <code className="text-sm">
          <LongName name={placeWords(settings)} />
        </code>
      ),
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
    {
      id: 'users',
      header: 'Written by',
      width: '12rem',
      from: 'lg',
      wrap: true,
      cell: ({ schedules }) => <LongName name={usersWords(schedules)} />,
    },
    {
      id: 'test',
      header: 'Last test',
      width: '13rem',
      wrap: true,
      from: 'lg',
      stacked: 'secondary',
      cell: (target) => <LastTest target={target} />,
    },
    {
      ...ACTIONS_COLUMN,
      cell: (target) =>
        target.id !== null && (
          <EditMenu
            {...actions}
            item={target}
            testLabel="Test this target"
            testIcon={<PlugZap aria-hidden />}
            deleteLabel="Remove target"
          />
        ),
    },
  ]
}

function LastTest({ target: { lastTest, id } }: { target: Target }) {
  if (lastTest === null) return <span className="text-muted">{id === null ? 'always there' : 'never tested'}</span>
  return <StateSince words={testWords(lastTest)} tone={lastTest.ok ? 'success' : 'danger'} at={lastTest.at} />
}
