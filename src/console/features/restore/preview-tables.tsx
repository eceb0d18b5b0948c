import type { PreviewTable } from '#api/contract/restores.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Badge, type Tone } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { differenceOf, differenceWords, sortTables } from './preview-words.ts'

const EFFECTS: Record<PreviewTable['effect'], { words: string; tone: Tone }> = {
  removed: { words: '− removed', tone: 'danger' },
  replaced: { words: '~ replaced', tone: 'warning' },
  added: { words: '+ added', tone: 'success' },
}

function Count({ rows }: { rows: number | null }) {
  return rows === null ? <span className="text-muted">none</span> : formatNumber(rows)
}

/** Red only where there would be fewer rows than now. */
function Difference({ table }: { table: PreviewTable }) {
  const ink = differenceOf(table) < 0 ? 'text-danger' : 'text-muted'
  return <span className={ink}>{differenceWords(table)}</span>
}

const rowsNow: DataColumn<PreviewTable> = {
  id: 'now',
  header: 'Rows now',
  width: '9rem',
  align: 'right',
  stacked: 'secondary',
  cell: (table) => <Count rows={table.rowsNow} />,
}

const difference: DataColumn<PreviewTable> = {
  id: 'difference',
  header: 'Difference',
  width: '8rem',
  align: 'right',
  stacked: 'secondary',
  cell: (table) => <Difference table={table} />,
}

const columns: DataColumn<PreviewTable>[] = [
  { id: 'name', header: 'Table', stacked: 'primary', cell: ({ name }) => <code>{name}</code> },
  {
    id: 'effect',
    header: 'Effect',
    width: '9rem',
    stacked: 'secondary',
    cell: ({ effect }) => <Badge tone={EFFECTS[effect].tone}>{EFFECTS[effect].words}</Badge>,
  },
  rowsNow,
  {
    id: 'archive',
    header: 'Rows in the archive',
    width: '11rem',
    align: 'right',
    stacked: 'secondary',
    cell: (table) => <Count rows={table.rowsInArchive} />,
  },
  difference,
]
const columnsWithoutTarget = columns.filter((column) => column !== rowsNow && column !== difference)

/** Table by table: what is there now, and what the archive brings. */
export function PreviewTables({ tables, hasTarget }: { tables: readonly PreviewTable[]; hasTarget: boolean }) {
  if (tables.length === 0) return <p className="text-sm text-muted">No table on either side.</p>
  return (
    <div className="flex flex-col gap-2">
      <DataTable
        label="Tables"
        rows={sortTables(tables)}
        columns={hasTarget ? columns : columnsWithoutTarget}
        rowKey={({ name }) => name}
      />
      <ListFoot noun="table" shown={tables.length} />
    </div>
  )
}
