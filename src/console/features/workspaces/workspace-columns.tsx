import type { Workspace } from '#api/contract/workspaces.ts'
import { metaTimeToIso } from '#console/data/meta-time.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { WorkspaceActions } from './workspace-actions.tsx'

function Time({ at }: { at: string | undefined }) {
  return at === undefined ? <span className="text-muted">unknown</span> : <RelativeTime at={metaTimeToIso(at)} />
}

export interface WorkspaceActionHandlers {
  onEdit: (workspace: Workspace) => void
  onDelete: (workspace: Workspace) => void
}

export const workspaceColumns = (handlers: WorkspaceActionHandlers): readonly DataColumn<Workspace>[] => [
  { id: 'name', header: 'Name', cell: (workspace) => workspace.name, sortable: true, stacked: 'primary', width: '26%' },
  {
    id: 'description',
    header: 'Description',
    cell: (workspace) => <span className="text-muted">{workspace.description}</span>,
    from: 'lg',
  },
  {
    id: 'branch',
    header: 'Live branch',
    cell: (workspace) => <span className="font-mono">{workspace.branch}</span>,
    stacked: 'secondary',
    width: '8rem',
  },
  {
    id: 'changed',
    header: 'Changed',
    cell: (workspace) => <Time at={workspace.updated_at} />,
    sortable: true,
    descendingFirst: true,
    stacked: 'secondary',
    width: '8rem',
  },
  {
    id: 'created',
    header: 'Created',
    cell: (workspace) => <Time at={workspace.created_at} />,
    sortable: true,
    descendingFirst: true,
    from: 'lg',
    width: '8rem',
  },
  {
    id: 'id',
    header: 'Id',
    cell: (workspace) => <span className="font-mono">{workspace.id}</span>,
    align: 'right',
    from: 'xl',
    width: '6rem',
  },
  {
    id: 'actions',
    header: 'Actions',
    cell: (workspace) => <WorkspaceActions workspace={workspace} {...handlers} />,
    hideHeader: true,
    align: 'right',
    stacked: 'actions',
    width: '4rem',
  },
]
