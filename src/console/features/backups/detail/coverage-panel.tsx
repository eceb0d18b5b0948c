import { useQuery } from '@tanstack/react-query'
import { Check, Minus, X } from 'lucide-react'

import type { ArchiveSummary, Backup } from '#api/contract/backups.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { cx } from '#console/lib/cx.ts'
import { formatNumber } from '#console/lib/format.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { hasArchive } from '../backup-words.ts'
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
  return (
    <>
      <Coverage summary={summary} workspaceId={backup.workspaceId} />
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

/** Which branches there are decides what is missing, so it is asked. */
function Coverage({ summary, workspaceId }: { summary: ArchiveSummary; workspaceId: number | null }) {
  const branches = useQuery({ ...workspaces.branches(workspaceId ?? 0), enabled: workspaceId !== null })
  const { inside, none, missing, never } = coverageOf(
    summary,
    branches.data?.map(({ label }) => label),
  )
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="In it">
        <ul className="flex flex-col gap-1.5 text-sm">
          <Lines words={inside} mark="inside" />
          <Lines words={none} mark="none" />
        </ul>
      </Panel>
      <Panel title="Not in it">
        <ul className="flex flex-col gap-1.5 text-sm">
          <Lines words={missing} mark="missing" />
          <Lines words={never} mark="never" />
        </ul>
      </Panel>
    </div>
  )
}

const MARKS = {
  inside: { Icon: Check, ink: '', iconInk: 'text-success' },
  missing: { Icon: X, ink: 'text-danger', iconInk: '' },
  none: { Icon: Minus, ink: 'text-muted', iconInk: '' },
  never: { Icon: Minus, ink: 'text-muted', iconInk: '' },
}

function Lines({ words, mark }: { words: readonly string[]; mark: keyof typeof MARKS }) {
  const { Icon, ink, iconInk } = MARKS[mark]
  return words.map((line) => (
    <li key={line} className={cx('flex items-start gap-2', ink)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0 stroke-[1.5]', iconInk)} />
      <span className="min-w-0 wrap-anywhere">{line}</span>
    </li>
  ))
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
