import type { Token } from '#api/contract/tokens.ts'
import { cx } from '#console/lib/cx.ts'
import { ScopeMiniMatrix } from '#console/scopes/scope-mini-matrix.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import type { TokenAct } from '../token-act.ts'
import { TokenExpiry } from '../token-expiry-text.tsx'
import { TokenMenu } from '../token-menu.tsx'
import { fingerprint, isAlive } from '../token-status-words.ts'
import { TokenStatusBadge } from '../token-status.tsx'
import { CallSparkline } from './call-sparkline.tsx'
import { UsedBy } from './used-by.tsx'

export interface TokenColumnsInput {
  now: Date
  /** Workspace names by id. */
  names: ReadonlyMap<number, string>
  /** Names of what runs with a token, by its id. */
  users: ReadonlyMap<number, readonly string[]>
  isSortable: boolean
  act: TokenAct
}

/** What tells at one glance which token is dangerous, which is unused and which dies this week. */
export function tokenColumns({ now, names, users, isSortable, act }: TokenColumnsInput): DataColumn<Token>[] {
  const useful: DataColumn<Token>[] = [
    {
      id: 'name',
      header: 'Name',
      sortable: isSortable,
      stacked: 'primary',
      cell: (token) => <TokenName token={token} />,
    },
    {
      id: 'token',
      header: 'Token',
      width: '8.5rem',
      from: 'lg',
      stacked: 'secondary',
      cell: (token) => <code className="text-xs text-muted">{fingerprint(token)}</code>,
    },
    {
      id: 'scopes',
      header: 'Scopes',
      width: '6.5rem',
      stacked: 'secondary',
      cell: (token) => <ScopeMiniMatrix scopes={token.scopes} workspaceNames={reachNames(token, names)} />,
    },
    {
      id: 'lastUsed',
      header: 'Last used',
      width: '12rem',
      sortable: isSortable,
      descendingFirst: true,
      from: 'lg',
      stacked: 'secondary',
      cell: (token) => <LastUse token={token} />,
    },
    {
      id: 'calls',
      header: 'Calls, 30 d',
      width: '7.75rem',
      from: 'xl',
      cell: ({ callsByDay }) => <CallSparkline calls={callsByDay} />,
    },
    {
      id: 'expires',
      header: 'Expires',
      width: '6.5rem',
      sortable: isSortable,
      stacked: 'secondary',
      cell: (token) => <TokenExpiry token={token} now={now} />,
    },
    {
      id: 'users',
      header: 'Used by',
      width: '9rem',
      from: 'xl',
      cell: ({ id, usedBy }) => <UsedBy names={users.get(id) ?? []} count={usedBy} />,
    },
  ]
  return [...useful, ...ownColumns(act)]
}

function ownColumns(act: TokenAct): DataColumn<Token>[] {
  return [
    {
      id: 'status',
      header: 'Status',
      width: '6.5rem',
      stacked: 'secondary',
      cell: (token) => <TokenStatusBadge token={token} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (token) => <TokenMenu token={token} act={act} />,
    },
  ]
}

/** Two lines at most where rows are stacked; all of it on its page. */
function TokenName({ token }: { token: Token }) {
  return (
    <span title={token.name} className={cx('max-sm:line-clamp-2', !isAlive(token) && 'text-muted')}>
      {token.name}
    </span>
  )
}

/** Workspaces in reach, by name. */
function reachNames({ workspaces }: Token, names: ReadonlyMap<number, string>): 'all' | string[] {
  return workspaces === 'all' ? 'all' : workspaces.map((id) => names.get(id) ?? `workspace ${id}`)
}

function LastUse({ token }: { token: Token }) {
  if (token.lastUsedAt === null) return <span className="text-muted">never</span>
  return (
    <>
      <RelativeTime at={token.lastUsedAt} />
      {token.lastUsedFrom !== null && <span className="text-muted"> from {token.lastUsedFrom}</span>}
    </>
  )
}
