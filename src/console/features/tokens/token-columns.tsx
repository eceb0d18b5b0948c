import { Ban } from 'lucide-react'

import type { Token } from '#api/contract/tokens.ts'
import { Badge, type Tone } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

import { ScopeMiniMatrix } from './scope-mini-matrix.tsx'
import { TokenExpiry } from './token-expiry-text.tsx'
import { joinWords } from './token-summary.ts'

export interface TokenColumnsInput {
  now: Date
  /** Workspace names by id. */
  names: ReadonlyMap<number, string>
  onRevoke: (token: Token) => void
}

const statusLook: Record<Token['status'], { tone: Tone; words: string }> = {
  active: { tone: 'success', words: 'Active' },
  expired: { tone: 'danger', words: 'Expired' },
  revoked: { tone: 'neutral', words: 'Revoked' },
}

export function tokenColumns({ now, names, onRevoke }: TokenColumnsInput): DataColumn<Token>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortable: true,
      stacked: 'primary',
      cell: (token) => <span className="font-medium">{token.name}</span>,
    },
    {
      id: 'token',
      header: 'Token',
      width: '12rem',
      from: 'lg',
      cell: (token) => (
        <code className="text-xs text-muted">
          {token.prefix}…{token.lastFour}
        </code>
      ),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      width: '7rem',
      cell: (token) => <ScopeMiniMatrix scopes={token.scopes} workspaceNames={namesOf(token, names)} />,
    },
    {
      id: 'workspaces',
      header: 'Workspaces',
      width: '10rem',
      from: 'xl',
      cell: (token) => <Reach token={token} names={names} />,
    },
    {
      id: 'used',
      header: 'Last used',
      width: '13rem',
      sortable: true,
      descendingFirst: true,
      from: 'lg',
      cell: (token) => <LastUse token={token} />,
    },
    {
      id: 'expires',
      header: 'Expires',
      width: '7rem',
      sortable: true,
      stacked: 'secondary',
      cell: (token) => <TokenExpiry token={token} now={now} />,
    },
    {
      id: 'status',
      header: 'Status',
      width: '7rem',
      stacked: 'secondary',
      cell: ({ status }) => <Badge tone={statusLook[status].tone}>{statusLook[status].words}</Badge>,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (token) =>
        token.status === 'revoked' ? null : (
          <IconButton label={`Revoke ${token.name}`} size="sm" onClick={() => onRevoke(token)}>
            <Ban aria-hidden />
          </IconButton>
        ),
    },
  ]
}

function namesOf(token: Token, names: ReadonlyMap<number, string>): 'all' | string[] {
  return token.workspaces === 'all' ? 'all' : token.workspaces.map((id) => names.get(id) ?? `workspace ${id}`)
}

function Reach({ token, names }: { token: Token; names: ReadonlyMap<number, string> }) {
  const reach = namesOf(token, names)
  if (reach === 'all') return 'All'
  const words = joinWords(reach)
  return (
    <Tooltip content={words}>
      <span>{words}</span>
    </Tooltip>
  )
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
