import { useMemo, useState } from 'react'

import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { ScopeNeeds } from './scope-needs.tsx'
import { listWords } from './scope-words.ts'

export interface ScopeTablesProps {
  preview: RestorePreview
  chosen: readonly string[]
  onChange: (tables: string[]) => void
}

/** The tables of the archive to choose from, and what the chosen ones need. */
export function ScopeTables({ preview, chosen, onChange }: ScopeTablesProps) {
  const [query, setQuery] = useState('')
  const columns = useMemo(() => scopeColumns(preview), [preview])
  const tables = preview.tables.filter(({ effect }) => effect !== 'removed')
  const shown = tables.filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()))
  const names = tables.map(({ name }) => name)

  /** Keeps the order of the archive, so that the address does not depend on the order of the clicks. */
  function choose(selected: ReadonlySet<string>) {
    onChange(names.filter((name) => selected.has(name)))
  }

  function toggle(name: string) {
    const selected = new Set(chosen)
    if (!selected.delete(name)) selected.add(name)
    choose(selected)
  }

  return (
    <div className="flex flex-col gap-3">
      <Toolbar
        end={
          <>
            <Button size="sm" disabled={chosen.length === names.length} onClick={() => onChange(names)}>
              Select all
            </Button>
            <Button size="sm" disabled={chosen.length === 0} onClick={() => onChange([])}>
              Select none
            </Button>
          </>
        }
      >
        <SearchInput label="Search tables" value={query} onValueChange={setQuery} />
      </Toolbar>
      {shown.length === 0 ? (
        <EmptyState>{tables.length === 0 ? 'The archive holds no tables.' : `No table matches “${query}”.`}</EmptyState>
      ) : (
        <DataTable
          label="Tables of the archive"
          rows={shown}
          columns={columns}
          rowKey={({ name }) => name}
          onRowOpen={({ name }) => toggle(name)}
          selection={{
            selected: new Set(chosen),
            onSelectedChange: choose,
          }}
        />
      )}
      <ListFoot noun="table" shown={shown.length} total={tables.length}>
        {formatNumber(chosen.length)} chosen
      </ListFoot>
      <ScopeNeeds scope={preview} chosen={chosen} onChange={onChange} />
    </div>
  )
}

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
      cell: ({ name }) => <code className="font-mono text-sm">{name}</code>,
    },
    {
      id: 'needs',
      header: 'Refers to',
      stacked: 'secondary',
      cell: ({ name }) => <span className="text-muted">{listWords(dependencies[name] ?? []) || 'nothing'}</span>,
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
