import { Check, Minus, X } from 'lucide-react'

import type { ArchiveSummary, Backup } from '#api/contract/backups.ts'
import { formatNumber } from '#console/lib/format.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { hasArchive } from './backup-words.ts'
import { coverageOf } from './coverage.ts'

type ArchiveTable = ArchiveSummary['tables'][number]

const columns: DataColumn<ArchiveTable>[] = [
  { id: 'name', header: 'Table', stacked: 'primary', cell: ({ name }) => <code>{name}</code> },
  { id: 'source', header: 'Data source', width: '12rem', stacked: 'secondary', cell: ({ dataSource }) => dataSource },
  {
    id: 'rows',
    header: 'Rows',
    width: '10rem',
    align: 'right',
    stacked: 'secondary',
    cell: ({ rows }) => formatNumber(rows),
  },
]

/** Without rows a table is a definition, which belongs to no data source. */
const columnsWithoutRows = columns.flatMap((column) => {
  if (column.id === 'source') return []
  return column.id === 'rows' ? { ...column, cell: () => <span className="text-muted">not included</span> } : column
})

/** What is in the archive and what is not; red is what somebody would expect to be in it. */
export function CoveragePanel({ backup }: { backup: Backup }) {
  const { summary } = backup
  if (summary === null) return backup.encrypted && hasArchive(backup) ? <SealedPanel /> : null
  const { inside, missing, never } = coverageOf(summary)
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title="In it">
          <ul className="flex flex-col gap-1.5 text-sm">
            {inside.map((words) => (
              <li key={words} className="flex items-start gap-2">
                <Check aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-success" />
                {words}
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Not in it">
          <ul className="flex flex-col gap-1.5 text-sm">
            {missing.map((words) => (
              <li key={words} className="flex items-start gap-2 text-danger">
                <X aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5]" />
                {words}
              </li>
            ))}
            {never.map((words) => (
              <li key={words} className="flex items-start gap-2 text-muted">
                <Minus aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5]" />
                {words}
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      {summary.tables.length > 0 && (
        <div className="flex flex-col gap-2">
          <DataTable
            label="Tables in the archive"
            rows={summary.tables}
            columns={summary.includesRows ? columns : columnsWithoutRows}
            rowKey={({ dataSource, name }) => `${dataSource}/${name}`}
          />
          <ListFoot noun="table" shown={summary.tables.length} />
        </div>
      )}
    </>
  )
}

function SealedPanel() {
  return (
    <Panel title="What is in it">
      <p className="text-sm text-muted">
        The archive is encrypted and its password is not known here, so nothing can be said about its contents.
        Restoring asks for the password and shows them.
      </p>
    </Panel>
  )
}
