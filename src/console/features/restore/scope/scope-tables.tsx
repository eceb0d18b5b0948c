import { useMemo } from 'react'

import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatNumber } from '#console/lib/format.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { listWords } from '../scope-words.ts'
import { ScopeList } from './scope-list.tsx'
import { ScopeNeeds } from './scope-needs.tsx'

export interface ScopeTablesProps {
  preview: RestorePreview
  chosen: readonly string[]
  onChange: (tables: string[]) => void
}

/** The tables of the archive to choose from, and what the chosen ones need. */
export function ScopeTables({ preview, chosen, onChange }: ScopeTablesProps) {
  const columns = useMemo(() => scopeColumns(preview), [preview])
  const tables = useMemo(() => preview.tables.filter(({ effect }) => effect !== 'removed'), [preview])
  return (
    <div className="flex flex-col gap-3">
      <ScopeList
        noun="table"
        rows={tables}
        columns={columns}
        rowKey={nameOf}
        rowName={nameOf}
        chosen={new Set(chosen)}
        onChange={onChange}
      />
      <ScopeNeeds scope={preview} chosen={chosen} onChange={onChange} />
    </div>
  )
}

const nameOf = ({ name }: PreviewTable): string => name

function scopeColumns({ target, dependencies }: RestorePreview): DataColumn<PreviewTable>[] {
  const rowsNow: DataColumn<PreviewTable> = {
    id: 'now',
    header: 'Rows now',
    width: '9rem',
    align: 'right',
    stacked: 'secondary',
    cell: (table) => <Count rows={table.rowsNow} />,
  }
  return [
    {
      id: 'name',
      header: 'Table',
      stacked: 'primary',
      cell: ({ name }) => (
        <code title={name} className="font-mono text-sm">
          {name}
        </code>
      ),
    },
    {
      id: 'needs',
      header: 'Refers to',
      stacked: 'secondary',
      cell: ({ name }) => (
        <span className="wrap-anywhere text-muted">{listWords(dependencies[name] ?? []) || 'nothing'}</span>
      ),
    },
    {
      id: 'rows',
      header: 'Rows in the backup',
      width: '10rem',
      align: 'right',
      stacked: 'secondary',
      cell: (table) => <Count rows={table.rowsInArchive} />,
    },
    ...(target === null ? [] : [rowsNow]),
  ]
}

function Count({ rows }: { rows: number | null }) {
  return rows === null ? <span className="text-muted">none</span> : formatNumber(rows)
}
