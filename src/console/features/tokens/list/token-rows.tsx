import { useQuery } from '@tanstack/react-query'
import { memo, useMemo } from 'react'

import type { Token } from '#api/contract/tokens.ts'
import { session } from '#console/data/session.ts'
import { useIsNarrow, useMediaQuery } from '#console/lib/use-media-query.ts'
import { DataTable } from '#console/ui/data-table/data-table.tsx'

import type { TokenAct } from '../token-act.ts'
import { useTokenNames } from '../use-token-names.ts'
import { tokenColumns, type TokenColumnsInput } from './token-columns.tsx'
import type { TokenSearch } from './token-search.ts'

export interface TokenRowsProps {
  rows: Token[]
  now: Date
  act: TokenAct
  /** Absent where the order is not to be chosen. */
  sort: TokenSearch['sort'] | undefined
  order: TokenSearch['order']
  onSort: (sort: TokenSearch['sort'], order: TokenSearch['order']) => void
}

const keyOf = ({ id }: Token): string => String(id)
const nameOf = ({ name }: Token): string => name
const pathOf = ({ id }: Token): string => `/tokens/${id}`

/** The rows that have come; drawn again only when they change, not when more are on their way. */
export const TokenRows = memo(function TokenRows({ rows, now, act, sort, order, onSort }: TokenRowsProps) {
  const { names, users } = useTokenNames()
  const myId = useQuery(session.current()).data?.signedIn?.user.id
  const room = useRoom()
  const isSortable = sort !== undefined
  const columns = useMemo(
    () => tokenColumns({ now, names, users, myId, isSortable, room, act }),
    [now, names, users, myId, isSortable, room, act],
  )
  return (
    <DataTable<Token>
      label="Tokens"
      rows={rows}
      columns={columns}
      rowKey={keyOf}
      rowLabel={nameOf}
      rowHref={pathOf}
      sort={sort && { id: sort, direction: order }}
      onSortChange={({ id, direction }) => onSort(id as TokenSearch['sort'], direction)}
    />
  )
})

/** What the window has room for. */
export function useRoom(): TokenColumnsInput['room'] {
  const isNarrow = useIsNarrow()
  const isWide = useMediaQuery('(width >= 88rem)')
  if (isNarrow) return 'stacked'
  return isWide ? 'wide' : 'usual'
}
