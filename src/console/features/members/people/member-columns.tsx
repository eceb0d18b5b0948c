import type { Member } from '#api/contract/members.ts'
import type { Session } from '#api/contract/session.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { accessColumns } from '../access-columns.tsx'
import type { useWorkspaceNames } from '../use-workspace-names.ts'
import { type MemberActions, MemberMenu } from './member-menu.tsx'
import { secondStepWords } from './second-step-words.ts'

interface MemberColumnsInput {
  me: Session['user'] | undefined
  names: ReturnType<typeof useWorkspaceNames>
  actions: MemberActions
}

export function memberColumns({ me, names, actions }: MemberColumnsInput): DataColumn<Member>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      stacked: 'primary',
      cell: ({ name, id }) => (
        <span className="font-medium" title={name}>
          {name}
          {id === me?.id && <span className="font-normal text-muted"> (you)</span>}
        </span>
      ),
    },
    { id: 'email', header: 'E-mail', from: 'lg', cell: ({ email }) => <span title={email}>{email}</span> },
    ...accessColumns<Member>(names),
    {
      id: 'status',
      header: 'Status',
      width: '6.5rem',
      stacked: 'secondary',
      cell: ({ status }) => (
        <Badge tone={status === 'active' ? 'success' : 'danger'}>{status === 'active' ? 'Active' : 'Disabled'}</Badge>
      ),
    },
    {
      id: 'second-step',
      header: 'Second step',
      width: '9.5rem',
      from: 'xl',
      cell: ({ secondSteps }) => secondStepWords(secondSteps),
    },
    {
      id: 'tokens',
      header: 'Tokens',
      width: '5rem',
      align: 'right',
      from: 'lg',
      cell: ({ tokens }) => formatNumber(tokens),
    },
    {
      id: 'seen',
      header: 'Last seen',
      width: '8rem',
      stacked: 'secondary',
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? <span className="text-muted">never</span> : <RelativeTime at={lastSeenAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      width: '3.5rem',
      align: 'right',
      stacked: 'actions',
      cell: (member) => <MemberMenu member={member} me={me} {...actions} />,
    },
  ]
}
