import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useSettledText } from '#console/lib/use-settled-text.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { SearchInput } from '#console/ui/search-input.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { tokenColumns } from './token-columns.tsx'
import { viewTokens } from './token-list.ts'
import { useTokenView } from './use-token-view.ts'

export interface TokenTableProps {
  items: readonly Token[]
  now: Date
  onRevoke: (token: Token) => void
  /** The last refresh failed; what is shown may be old. */
  isStale: boolean
}

const statusChoices = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'expired', label: 'Expired' },
  { value: 'revoked', label: 'Revoked' },
] as const

export function TokenTable({ items, now, onRevoke, isStale }: TokenTableProps) {
  const { view, setView, clear } = useTokenView()
  const search = useSettledText(view.q, (q) => setView({ q }))
  const workspaceList = useQuery(workspaces.list())
  const columns = useMemo(() => {
    const names = new Map(workspaceList.data?.map(({ id, name }) => [id, name]))
    return tokenColumns({ now, names, onRevoke })
  }, [now, onRevoke, workspaceList.data])
  const shown = viewTokens(items, view)

  return (
    <>
      <Toolbar>
        <SearchInput label="Search tokens" value={search.text} onValueChange={search.setText} />
        <ChoiceChips
          aria-label="Status"
          size="sm"
          choices={statusChoices}
          value={view.status}
          onValueChange={(status) => setView({ status })}
        />
      </Toolbar>
      {shown.length === 0 ? (
        <EmptyState action={<Button onClick={clear}>Clear filters</Button>}>No token matches.</EmptyState>
      ) : (
        <DataTable
          label="Tokens"
          rows={shown}
          columns={columns}
          rowKey={(token) => String(token.id)}
          rowLabel={(token) => token.name}
          sort={{ id: view.sort, direction: view.order }}
          onSortChange={({ id, direction }) => setView({ sort: id, order: direction })}
        />
      )}
      <ListFoot shown={shown.length} total={items.length} noun="token">
        {isStale && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
