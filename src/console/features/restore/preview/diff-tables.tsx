import { useState } from 'react'

import type { TableDiff } from '#api/contract/diffs.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'

import { lookOfTable } from '../diff-words.ts'

type Kind = 'added' | 'changed' | 'removed' | 'same'

const count = (id: Kind, header: string): DataColumn<TableDiff> => ({
  id,
  header,
  width: '7.5rem',
  align: 'right',
  stacked: 'secondary',
  cell: (table) => <Count value={table[id]} isLoss={id === 'removed'} isQuiet={id === 'same'} />,
})

const nameColumn: DataColumn<TableDiff> = {
  id: 'table',
  header: 'Table',
  stacked: 'primary',
  cell: ({ table }) => (
    <code title={table} className="font-mono text-sm">
      {table}
    </code>
  ),
}

const structureColumn = (same: string): DataColumn<TableDiff> => ({
  id: 'structure',
  header: 'Structure',
  width: '9rem',
  stacked: 'secondary',
  cell: (table) => <Structure table={table} same={same} />,
})

const REPLACE = [
  nameColumn,
  structureColumn('= same'),
  count('added', '+ added'),
  count('changed', '~ changed'),
  count('removed', '− removed'),
  count('same', '= same'),
]

/** Where rows that are there stay: what happens, not what differs. */
const MERGE = [
  nameColumn,
  structureColumn('= stays'),
  count('added', '+ put back'),
  count('changed', '~ changed'),
  count('same', '= stay'),
]

/** Where rows can be chosen one by one the way to them is a button of its own. */
const lookColumn = (onLook: (look: string) => void): DataColumn<TableDiff> => ({
  id: 'look',
  header: 'Rows',
  hideHeader: true,
  width: '7rem',
  align: 'right',
  stacked: 'actions',
  cell: ({ table }) => (
    <Button size="sm" aria-label={`See rows of ${table}`} onClick={() => onLook(lookOfTable(table))}>
      See rows
    </Button>
  ),
})

function Count({ value, isLoss, isQuiet }: { value: number | null; isLoss: boolean; isQuiet: boolean }) {
  if (value === null) return <span className="text-muted">no rows</span>
  if (value === 0 || isQuiet) return <span className="text-muted">{formatNumber(value)}</span>
  return <span className={isLoss ? 'font-medium text-danger' : 'font-medium'}>{formatNumber(value)}</span>
}

function Structure({ table: { effect, fields }, same }: { table: TableDiff; same: string }) {
  if (effect === 'removed') return <Badge tone="danger">− table</Badge>
  if (effect === 'added') return <Badge tone="success">+ table</Badge>
  if (fields.length === 0) return <span className="text-muted">{same}</span>
  return <Badge tone="warning">~ {formatCount(fields.length, 'change')}</Badge>
}

export interface DiffTablesProps {
  tables: readonly TableDiff[]
  /** Rows that are there stay. */
  isMerge: boolean
  onLook: (look: string) => void
}

/** Tables that differ, each opening its fields and samples; the others at a press. */
export function DiffTables({ tables, isMerge, onLook }: DiffTablesProps) {
  const differing = tables.filter(({ effect }) => effect !== null)
  const [isWhole, setIsWhole] = useState(false)
  const same = tables.length - differing.length
  if (tables.length === 0) return null
  // Of tables whose rows stay every one is listed: what was chosen is looked for.
  const shown = (isWhole || isMerge ? tables : differing).toSorted(byRows)
  return (
    <div className="flex flex-col gap-2">
      {shown.length > 0 && (
        <DataTable
          label="Tables"
          rows={shown}
          columns={isMerge ? [...MERGE, lookColumn(onLook)] : REPLACE}
          rowKey={({ table }) => table}
          onRowOpen={({ table }) => onLook(lookOfTable(table))}
        />
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 text-sm text-muted tabular-nums">
        {formatCount(differing.length, 'table')} {verbOf(differing.length, isMerge)}
        {same > 0 && `, ${formatNumber(same)} ${isMerge ? 'as before' : 'the same'}`}
        {same > 0 && !isMerge && (
          <Button size="sm" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? 'Hide' : 'Show'} those that are the same
          </Button>
        )}
      </div>
    </div>
  )
}

/** Most rows lost first, then changed, then added: empty tables that go do not bury what holds data. */
function byRows(a: TableDiff, b: TableDiff): number {
  return more(b.removed, a.removed) || more(b.changed, a.changed) || more(b.added, a.added)
}

const more = (some: number | null, others: number | null): number => (some ?? 0) - (others ?? 0)

function verbOf(tables: number, isMerge: boolean): string {
  if (isMerge) return tables === 1 ? 'gets rows' : 'get rows'
  return tables === 1 ? 'differs' : 'differ'
}
