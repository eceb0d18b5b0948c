import type { Token } from '#api/contract/tokens.ts'
import { ACTIONS_COLUMN, type DataColumn } from '#console/ui/data-table/data-column.ts'

import type { TokenAct } from '../token-act.ts'
import { TokenMenu } from '../token-menu.tsx'
import { fingerprint } from '../token-status-words.ts'
import { UsedBy } from '../used-by.tsx'
import { DeedCell, ExpiryCell, LastUseCell, NameCell, ReachCell } from './token-cells.tsx'

export interface TokenColumnsInput {
  now: Date
  /** Workspace names by id. */
  names: ReadonlyMap<number, string>
  /** Names of what runs with a token, by its id. */
  users: ReadonlyMap<number, readonly string[]>
  /** Who looks at the list. */
  myId: number | undefined
  isSortable: boolean
  /** `wide`: with fingerprints; `stacked`: rows under each other, each with all its words. */
  room: 'wide' | 'usual' | 'stacked'
  act: TokenAct
}

/** What tells at one glance which token is dangerous, which is unused and which dies this week. */
export function tokenColumns(input: TokenColumnsInput): DataColumn<Token>[] {
  return [...whatColumns(input), ...usageColumns(input)]
}

/** Which token it is, what it can do, and where. */
function whatColumns({ names, myId, isSortable, room }: TokenColumnsInput): DataColumn<Token>[] {
  const fingerprints: DataColumn<Token> = {
    id: 'token',
    header: 'Token',
    width: '7.75rem',
    stacked: 'secondary',
    cell: (token) => <code className="text-xs text-muted">{fingerprint(token)}</code>,
  }
  return [
    {
      id: 'name',
      header: 'Name',
      sortable: isSortable,
      stacked: 'primary',
      cell: (token) => <NameCell token={token} myId={myId} isWhole={room === 'stacked'} />,
    },
    ...(room === 'usual' ? [] : [fingerprints]),
    {
      id: 'danger',
      header: 'Can do',
      width: '13.5rem',
      sortable: isSortable,
      descendingFirst: true,
      stacked: 'secondary',
      cell: (token) => <DeedCell token={token} isWhole={room === 'stacked'} />,
    },
    {
      id: 'reach',
      header: 'Workspaces',
      width: '10rem',
      from: 'xl',
      stacked: 'secondary',
      cell: (token) => <ReachCell token={token} names={names} />,
    },
  ]
}

/** Whether it is used, when it ends and what ends with it. */
function usageColumns({ now, users, isSortable, room, act }: TokenColumnsInput): DataColumn<Token>[] {
  return [
    {
      id: 'lastUsed',
      header: 'Last used',
      width: '9.5rem',
      sortable: isSortable,
      descendingFirst: true,
      from: 'lg',
      stacked: 'secondary',
      cell: (token) => <LastUseCell token={token} hasAddress={room === 'stacked'} />,
    },
    {
      id: 'expires',
      header: 'Expires',
      width: '6rem',
      sortable: isSortable,
      stacked: 'secondary',
      cell: (token) => <ExpiryCell token={token} now={now} />,
    },
    {
      id: 'users',
      header: 'Used by',
      width: '7.5rem',
      from: 'xl',
      stacked: 'secondary',
      cell: ({ id, usedBy }) => <UsedBy names={users.get(id) ?? []} count={usedBy} />,
    },
    { ...ACTIONS_COLUMN, cell: (token) => <TokenMenu token={token} act={act} /> },
  ]
}
