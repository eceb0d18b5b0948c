import { useRef } from 'react'

import { drillBackup, type Backup, type Drill } from '#api/contract/backups.ts'
import { formatCount, formatDuration, formatNumber } from '#console/lib/format.ts'
import { Permitted } from '#console/scopes/permitted.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { endpointWords } from '../backup-words.ts'
import { ReadingProgress } from './reading-progress.tsx'
import { useCancelReading } from './use-cancel-reading.ts'

type DrilledTable = Drill['tables'][number]

const columns: DataColumn<DrilledTable>[] = [
  { id: 'name', header: 'Table', stacked: 'primary', cell: ({ name }) => <code>{name}</code> },
  { id: 'source', header: 'Data source', width: '8rem', stacked: 'secondary', cell: ({ dataSource }) => dataSource },
  {
    id: 'rows',
    header: 'Rows',
    width: '6rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ rows }) => formatNumber(rows),
  },
  {
    id: 'checksum',
    header: 'Checksum',
    width: '9rem',
    stacked: 'secondary',
    cell: ({ checksum }) => (
      <code className="text-xs" title={checksum}>
        {checksum.slice(0, 12)}
      </code>
    ),
  },
]

interface DrillPanelProps {
  backup: Backup
  isStarting: boolean
  onDrill: () => void
}

/** The rehearsal of a restore: the only proof that one works, and how long it takes. */
export function DrillPanel({ backup: { id, drill, workspaceId }, isStarting, onDrill }: DrillPanelProps) {
  const startRef = useRef<HTMLButtonElement>(null)
  const end = useCancelReading('drill', id, startRef)
  const isRunning = drill?.status === 'queued' || drill?.status === 'running'
  return (
    <Panel
      title="Restore drill"
      actions={
        <Permitted endpoint={drillBackup} where={workspaceId ?? undefined}>
          <Button ref={startRef} size="sm" onClick={onDrill} pending={isStarting || isRunning}>
            Rehearse a restore
          </Button>
        </Permitted>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        {drill === null && (
          <p className="text-muted">
            Never rehearsed. A rehearsal builds everything beside the workspaces, counts and checks every table, and
            takes it away again. Its time is what a real restore takes.
          </p>
        )}
        {isRunning && drill && (
          <ReadingProgress
            label={drill.status === 'queued' ? 'Waiting for its turn' : 'Building and counting every table'}
            failure={drill.failure}
            cancelLabel="Cancel rehearsal"
            isCancelling={end.isPending}
            onCancel={end.cancel}
          />
        )}
        {drill && !isRunning && <DrillResult drill={drill} />}
      </div>
    </Panel>
  )
}

function DrillResult({ drill }: { drill: Drill }) {
  if (drill.status !== 'succeeded') {
    return (
      <p className={`wrap-anywhere ${drill.status === 'cancelled' ? 'text-muted' : 'text-danger'}`}>
        {drill.status === 'cancelled' ? 'Cancelled' : 'Failed'} <RelativeTime at={drill.at} />
        {drill.failure ? `: ${drill.failure.message}` : drill.status === 'cancelled' && '. Nothing of it is left.'}
      </p>
    )
  }
  const { endpoints } = drill
  return (
    <>
      <p>
        <span className="font-medium text-success">Restorable:</span> {formatCount(drill.tables.length, 'table')} and{' '}
        {formatCount(drill.rows, 'row')} were restored
        {drill.ms !== null && ` in ${formatDuration(drill.ms)}`}, <RelativeTime at={drill.at} />.
      </p>
      <p className={endpoints.failed.length > 0 ? 'text-danger' : 'text-muted'}>
        Endpoints: {endpointWords(endpoints)}
      </p>
      {endpoints.failed.map(({ path, message }) => (
        <p key={path} className="wrap-anywhere text-danger">
          <code>{path}</code>: {message}
        </p>
      ))}
      {drill.tables.length > 0 && (
        <details>
          <summary className="cursor-pointer text-accent">Tables as they were counted</summary>
          <div className="mt-2 max-h-80 overflow-y-auto">
            <DataTable
              label="Tables of the drill"
              rows={drill.tables}
              columns={columns}
              rowKey={({ dataSource, name }) => `${dataSource}/${name}`}
            />
          </div>
        </details>
      )}
    </>
  )
}
