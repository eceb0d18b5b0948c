import { Ellipsis, Link2, Trash2 } from 'lucide-react'

import type { Invitation } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'
import { formatDay, formatLocal } from '#console/lib/format-time.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { accessColumns } from '../access-columns.tsx'
import { mayManage } from '../role-words.ts'
import type { useWorkspaceNames } from '../use-workspace-names.ts'

export interface InvitationActions {
  onResend: (invitation: Invitation) => void
  onRevoke: (invitation: Invitation) => void
  /** A link is being made or shown: another one waits. */
  isBusy: boolean
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
      cell: ({ email }) => (
        <span className="font-medium" title={email}>
          {email}
        </span>
      ),
    },
    ...accessColumns<Invitation>(names),
    {
      id: 'by',
      header: 'Invited by',
      width: '12rem',
      from: 'lg',
      cell: ({ invitedBy: { name } }) => <span title={name}>{name}</span>,
    },
    {
      id: 'expires',
      header: 'Link',
      width: '10rem',
      stacked: 'secondary',
      cell: ({ status, expiresAt }) => (
        <span className="flex items-center gap-1.5">
          {status === 'expired' ? (
            <>
              <Badge tone="danger">Expired</Badge> <RelativeTime at={expiresAt} />
            </>
          ) : (
            // The day itself: seven days that began a moment ago would read as six.
            <time dateTime={expiresAt} title={formatLocal(new Date(expiresAt))}>
              until {formatDay(new Date(expiresAt), new Date())}
            </time>
          )}
        </span>
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

function InvitationMenu({ invitation, me, onResend, onRevoke, isBusy }: InvitationMenuProps) {
  const isRefused = me === undefined || !mayManage(me.role, invitation.role)
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${invitation.email}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Link2 aria-hidden />} disabled={isRefused || isBusy} onSelect={() => onResend(invitation)}>
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
