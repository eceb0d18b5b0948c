import { lazy, Suspense, useCallback, type ReactNode } from 'react'

import type { Workspace } from '#api/contract/workspaces.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'

import type { OpenDialog } from './open-dialog.ts'
import type { useWorkspaces } from './use-workspaces.ts'
import { workspaceColumns } from './workspace-columns.tsx'

/** A first start has no list, and so needs no table. */
const WorkspaceList = lazy(async () => ({ default: (await import('./workspace-list.tsx')).WorkspaceList }))

const idle = () => undefined
const skeletonColumns = workspaceColumns({ onEdit: idle, onDelete: idle })

interface WorkspacesBodyProps {
  list: ReturnType<typeof useWorkspaces>
  whenNone: ReactNode
  /** Nothing is there yet, or only what is about to open. */
  isFirstStart: boolean
  onOpenDialog: (dialog: OpenDialog) => void
}

/** The list in its four states. */
export function WorkspacesBody({ list, whenNone, isFirstStart, onOpenDialog }: WorkspacesBodyProps) {
  const handleEdit = useCallback((workspace: Workspace) => onOpenDialog({ kind: 'edit', workspace }), [onOpenDialog])
  const handleDelete = useCallback(
    (workspace: Workspace) => onOpenDialog({ kind: 'delete', workspace }),
    [onOpenDialog],
  )

  const skeleton = <DataTableSkeleton columns={skeletonColumns} label="Loading workspaces" rows={4} />
  if (list.isPending) return skeleton
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the workspaces')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (isFirstStart) return whenNone
  return (
    <Suspense fallback={skeleton}>
      <WorkspaceList workspaces={list.data} isStale={list.isRefetchError} onEdit={handleEdit} onDelete={handleDelete} />
    </Suspense>
  )
}
