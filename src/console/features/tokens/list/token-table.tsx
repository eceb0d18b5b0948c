import type { UIEvent } from 'react'

import { Button } from '#console/ui/button.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import type { TokenAct } from '../token-act.ts'
import { TokenRows } from './token-rows.tsx'
import { isPicked, type TokenSearch } from './token-search.ts'
import type { useTokenList } from './use-token-list.ts'

export interface TokenTableProps {
  found: ReturnType<typeof useTokenList>
  search: TokenSearch
  onSearch: (change: Partial<TokenSearch>) => void
  onSort: (sort: TokenSearch['sort'], order: TokenSearch['order']) => void
  now: Date
  act: TokenAct
}

/** How near to the end of what has come the next page is asked for. */
const AHEAD_PX = 1_200

/** What has come of the list; the rest comes by scrolling or by the button below. */
export function TokenTable({ found, search, onSort, now, act }: TokenTableProps) {
  const { rows, more } = found
  // A long table scrolls by itself, somewhere below here: scrolling does not bubble.
  function handleScroll({ target }: UIEvent) {
    if (!(target instanceof Element)) return
    if (target.scrollHeight - target.scrollTop - target.clientHeight < AHEAD_PX) more()
  }

  return (
    <>
      <div onScrollCapture={handleScroll}>
        <TokenRows
          {...{ rows, now, act, onSort }}
          sort={isPicked(search.show) ? undefined : search.sort}
          order={search.order}
        />
      </div>
      <ListFoot shown={rows.length} total={found.total} noun="token">
        {found.list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
        {found.list.isFetchNextPageError && <span className="text-warning">Could not load more tokens</span>}
        {found.hasMore && (
          <Button size="sm" pending={found.list.isFetchingNextPage} onClick={more}>
            Show more
          </Button>
        )}
      </ListFoot>
    </>
  )
}
