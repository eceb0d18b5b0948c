import { useCallback, type ReactNode } from 'react'

import type { Workspace } from '#api/contract/workspaces.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'

import type { useWorkspaces } from './use-workspaces.ts'
import { workspaceColumns } from './workspace-columns.tsx'
import { WorkspaceList } from './workspace-list.tsx'
import type { OpenDialog } from './open-dialog.ts'

const idle = () => undefined
const skeletonColumns = workspaceColumns({ onEdit: idle, onDelete: idle })

interface WorkspacesBodyProps {
  list: ReturnType<typeof useWorkspaces>
  whenNone: ReactNode
  onOpenDialog: (dialog: OpenDialog) => void
}

/** The list in its four states. */
export function WorkspacesBody({ list, whenNone, onOpenDialog }: WorkspacesBodyProps) {
  const handleEdit = useCallback((workspace: Workspace) => onOpenDialog({ kind: 'edit', workspace }), [onOpenDialog])
  const handleDelete = useCallback((workspace: Workspace) => onOpenDialog({ kind: 'delete', workspace }), [onOpenDialog])

  if (list.isPending) return <DataTableSkeleton columns={skeletonColumns} label="Loading workspaces" rows={4} />
  if (list.isLoadingError) {
    return (
      <ErrorState {...describeFailure(list.error, 'Could not load the workspaces')} onRetry={() => void list.refetch()} isRetrying={list.isFetching} />
    )
  }
  if (list.data.length === 0) return whenNone
  return <WorkspaceList workspaces={list.data} isStale={list.isRefetchError} onEdit={handleEdit} onDelete={handleDelete} />
}
