import { useMemo } from 'react'

import type { Workspace } from '#api/contract/workspaces.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { workspaceColumns, type WorkspaceActionHandlers } from './workspace-columns.tsx'
import { applyWorkspaceSearch, WorkspaceSearch } from './workspace-search.ts'

interface WorkspaceListProps extends WorkspaceActionHandlers {
  workspaces: readonly Workspace[]
  /** The last refresh failed; what is shown may be old. */
  isStale: boolean
}

/** The workspaces that match, in the order the address asks for. */
export function WorkspaceList({ workspaces, isStale, onEdit, onDelete }: WorkspaceListProps) {
  const columns = useMemo(() => workspaceColumns({ onEdit, onDelete }), [onEdit, onDelete])
  const [params, setParams] = useUrlParams()
  const search = WorkspaceSearch.parse(Object.fromEntries(params))
  const shown = applyWorkspaceSearch(workspaces, search)

  function setSearch(change: Partial<WorkspaceSearch>) {
    setParams(
      (before) => {
        const next = { ...WorkspaceSearch.parse(Object.fromEntries(before)), ...change }
        return new URLSearchParams({ ...(next.q && { q: next.q }), sort: next.sort, order: next.order })
      },
      { replace: true, preventScrollReset: true },
    )
  }

  const { text, setText } = useSettledText(search.q, (q) => setSearch({ q }))

  return (
    <>
      <Toolbar>
        <SearchInput label="Search workspaces" value={text} onValueChange={setText} />
      </Toolbar>
      {shown.length === 0 ? (
        <EmptyState action={<Button onClick={() => setSearch({ q: '' })}>Clear the search</Button>}>
          No workspace matches “{search.q}”.
        </EmptyState>
      ) : (
        <DataTable
          label="Workspaces"
          rows={shown}
          columns={columns}
          rowKey={(workspace) => String(workspace.id)}
          rowHref={(workspace) => `/w/${workspace.id}`}
          sort={{ id: search.sort, direction: search.order }}
          onSortChange={({ id, direction }) =>
            setSearch({ sort: WorkspaceSearch.shape.sort.parse(id), order: direction })
          }
        />
      )}
      <ListFoot noun="workspace" shown={shown.length} total={workspaces.length}>
        {isStale && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
