import { useMemo } from 'react'

import { searchContent } from '#api/contract/content.ts'
import type { Table } from '#api/contract/tables.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { tableColumns } from './table-columns.tsx'
import { TABLES_A_PAGE, type TableListView } from './table-list-view.ts'

export interface TableListProps {
  page: { items: Table[]; nextPage: number | null }
  view: TableListView
  onViewChange: (change: Partial<TableListView>) => void
  workspaceId: number
  /** The last refresh failed; what is shown may be old. */
  isStale: boolean
}

export function TableList({ page, view, onViewChange, workspaceId, isStale }: TableListProps) {
  const search = useSettledText(view.q, (q) => onViewChange({ q }))
  // Whoever may not read rows is led to what they may read.
  const part = useMay()(searchContent, workspaceId) ? '' : '/schema'
  const columns = useMemo(() => tableColumns(workspaceId), [workspaceId])
  const { items, nextPage } = page

  return (
    <>
      <Toolbar>
        <SearchInput label="Search tables" value={search.text} onValueChange={search.setText} />
      </Toolbar>
      {items.length === 0 ? (
        <EmptyState action={<Button onClick={() => onViewChange({ q: '' })}>Clear search</Button>}>
          No table matches.
        </EmptyState>
      ) : (
        <DataTable
          label="Tables"
          rows={items}
          columns={columns}
          rowKey={(table) => String(table.id)}
          rowLabel={(table) => table.name}
          rowHref={(table) => `/w/${workspaceId}/tables/${table.id}${part}`}
          sort={{ id: view.sort, direction: view.order }}
          onSortChange={({ id, direction }) =>
            onViewChange({ sort: id === 'updated_at' ? 'updated_at' : 'name', order: direction })
          }
        />
      )}
      <ListFoot
        shown={items.length}
        first={(view.page - 1) * TABLES_A_PAGE + 1}
        noun="table"
        onPrevious={view.page > 1 ? () => onViewChange({ page: view.page - 1 }) : undefined}
        onNext={nextPage === null ? undefined : () => onViewChange({ page: nextPage })}
      >
        {isStale && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
