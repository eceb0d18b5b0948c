import type { z } from 'zod'

import type { ApiGroup, listApiGroups } from '#api/contract/api-groups.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { ApiGroupSearch, firstOf } from './api-group-search.ts'

interface ApiGroupTableProps {
  page: z.infer<typeof listApiGroups.reply>
  columns: readonly DataColumn<ApiGroup>[]
  search: ApiGroupSearch
  onSearchChange: (change: Partial<ApiGroupSearch>) => void
  /** The last refresh failed; what is shown may be old. */
  isStale: boolean
}

export function ApiGroupTable({ page, columns, search, onSearchChange, isStale }: ApiGroupTableProps) {
  const { nextPage, prevPage } = page
  return (
    <>
      <DataTable
        label="API groups"
        rows={page.items}
        columns={columns}
        rowKey={(group) => String(group.id)}
        rowLabel={(group) => group.name}
        sort={{ id: search.sort, direction: search.order }}
        onSortChange={({ id, direction }) =>
          onSearchChange({ sort: ApiGroupSearch.shape.sort.parse(id), order: direction })
        }
      />
      <ListFoot
        noun="API group"
        shown={page.items.length}
        first={firstOf(search)}
        onPrevious={prevPage === null ? undefined : () => onSearchChange({ page: prevPage })}
        onNext={nextPage === null ? undefined : () => onSearchChange({ page: nextPage })}
      >
        {isStale && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
