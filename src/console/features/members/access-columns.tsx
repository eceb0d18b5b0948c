import type { Member } from '#api/contract/members.ts'
import { ScopeMiniMatrix } from '#console/scopes/scope-mini-matrix.tsx'
import { Badge } from '#console/ui/badge.tsx'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'

import { ReachCell } from './reach-cell.tsx'
import { ROLE_WORDS } from './role-words.ts'
import type { useWorkspaceNames } from './use-workspace-names.ts'

type Access = Pick<Member, 'role' | 'scopes' | 'workspaces'>

/** Role, scopes and workspaces: of people with an account, and of those who are invited. */
export function accessColumns<Row extends Access>(names: ReturnType<typeof useWorkspaceNames>): DataColumn<Row>[] {
  return [
    {
      id: 'role',
      header: 'Role',
      width: '6rem',
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
      width: '10rem',
      from: 'xl',
      cell: ({ workspaces }) => <ReachCell names={names(workspaces)} />,
    },
  ]
}
