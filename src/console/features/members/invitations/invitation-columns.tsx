import { Ellipsis, Link2, Trash2 } from 'lucide-react'

import type { Invitation } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'
import { formatDay, formatLocal } from '#console/lib/format-time.ts'
import { ScopeMiniMatrix } from '#console/scopes/scope-mini-matrix.tsx'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'

import { ReachCell } from '../reach-cell.tsx'
import { mayManage, ROLE_WORDS } from '../role-words.ts'
import type { useWorkspaceNames } from '../use-workspace-names.ts'

export interface InvitationActions {
  onResend: (invitation: Invitation) => void
  onRevoke: (invitation: Invitation) => void
}

interface InvitationColumnsInput extends InvitationActions {
  me: Session['user'] | undefined
  names: ReturnType<typeof useWorkspaceNames>
}

export function invitationColumns({ me, names, ...actions }: InvitationColumnsInput): DataColumn<Invitation>[] {
  return [
    {
      id: 'email',
      header: 'E-mail',
      stacked: 'primary',
      cell: ({ email }) => <span className="font-medium">{email}</span>,
    },
    {
      id: 'role',
      header: 'Role',
      width: '7rem',
      stacked: 'secondary',
      cell: ({ role }) => <Badge tone={ROLE_WORDS[role].tone}>{ROLE_WORDS[role].label}</Badge>,
    },
    {
      id: 'scopes',
      header: 'Scopes',
      width: '7rem',
      from: 'lg',
      cell: ({ scopes, workspaces }) => (
        <ScopeMiniMatrix scopes={scopes} workspaceNames={names(workspaces)} subject="this person" />
      ),
    },
    {
      id: 'workspaces',
      header: 'Workspaces',
      width: '12rem',
      from: 'xl',
      cell: ({ workspaces }) => <ReachCell names={names(workspaces)} />,
    },
    { id: 'by', header: 'Invited by', width: '12rem', from: 'lg', cell: ({ invitedBy }) => invitedBy.name },
    {
      id: 'expires',
      header: 'Link',
      width: '10rem',
      stacked: 'secondary',
      cell: ({ status, expiresAt }) =>
        status === 'expired' ? (
          <Badge tone="danger">expired</Badge>
        ) : (
          <time dateTime={expiresAt} title={formatLocal(new Date(expiresAt))}>
            until {formatDay(new Date(expiresAt), new Date())}
          </time>
        ),
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (invitation) => <InvitationMenu invitation={invitation} me={me} {...actions} />,
    },
  ]
}

interface InvitationMenuProps extends InvitationActions {
  invitation: Invitation
  me: Session['user'] | undefined
}

function InvitationMenu({ invitation, me, onResend, onRevoke }: InvitationMenuProps) {
  const isRefused = me === undefined || !mayManage(me.role, invitation.role)
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${invitation.email}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Link2 aria-hidden />} disabled={isRefused} onSelect={() => onResend(invitation)}>
        Make a new link
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} disabled={isRefused} onSelect={() => onRevoke(invitation)}>
        Revoke invitation
      </MenuItem>
      {isRefused && <p className="max-w-60 px-2 pt-1 pb-1.5 text-xs text-muted">Only an owner invites owners.</p>}
    </Menu>
  )
}
