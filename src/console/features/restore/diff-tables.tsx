import { useState } from 'react'

import type { TableDiff } from '#api/contract/diffs.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'

import { lookOfTable } from './diff-words.ts'

const count = (id: 'added' | 'changed' | 'removed' | 'same', header: string): DataColumn<TableDiff> => ({
  id,
  header,
  width: '7.5rem',
  align: 'right',
  stacked: 'secondary',
  cell: (table) => <Count value={table[id]} isLoss={id === 'removed'} isQuiet={id === 'same'} />,
})

const columns: DataColumn<TableDiff>[] = [
  {
    id: 'table',
    header: 'Table',
    stacked: 'primary',
    cell: ({ table }) => <code className="font-mono text-sm">{table}</code>,
  },
  {
    id: 'structure',
    header: 'Structure',
    width: '9rem',
    stacked: 'secondary',
    cell: (table) => <Structure table={table} />,
  },
  count('added', '+ added'),
  count('changed', '~ changed'),
  count('removed', '− removed'),
  count('same', '= same'),
]

function Count({ value, isLoss, isQuiet }: { value: number | null; isLoss: boolean; isQuiet: boolean }) {
  if (value === null) return <span className="text-muted">no rows</span>
  if (value === 0 || isQuiet) return <span className="text-muted">{formatNumber(value)}</span>
  return <span className={isLoss ? 'font-medium text-danger' : 'font-medium'}>{formatNumber(value)}</span>
}

function Structure({ table: { effect, fields } }: { table: TableDiff }) {
  if (effect === 'removed') return <Badge tone="danger">− table</Badge>
  if (effect === 'added') return <Badge tone="success">+ table</Badge>
  if (fields.length === 0) return <span className="text-muted">= same</span>
  return <Badge tone="warning">~ {formatCount(fields.length, 'change')}</Badge>
}

export interface DiffTablesProps {
  tables: readonly TableDiff[]
  onLook: (look: string) => void
}

/** Tables that differ, each opening its fields and samples; the others at a press. */
export function DiffTables({ tables, onLook }: DiffTablesProps) {
  const differing = tables.filter(({ effect }) => effect !== null)
  const [isWhole, setIsWhole] = useState(false)
  const same = tables.length - differing.length
  if (tables.length === 0) return null
  const shown = isWhole ? tables : differing
  return (
    <div className="flex flex-col gap-2">
      {shown.length > 0 && (
        <DataTable
          label="Tables"
          rows={shown}
          columns={columns}
          rowKey={({ table }) => table}
          onRowOpen={({ table }) => onLook(lookOfTable(table))}
        />
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 text-sm text-muted tabular-nums">
        {formatCount(differing.length, 'table')} {differing.length === 1 ? 'differs' : 'differ'}, {formatNumber(same)}{' '}
        the same
        {same > 0 && (
          <Button size="sm" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? 'Hide those that are the same' : 'Show those that are the same'}
          </Button>
        )}
      </div>
    </div>
  )
}
