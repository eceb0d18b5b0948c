import type { UseQueryResult } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import { useMemo, useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { Toolbar } from '#console/ui/toolbar.tsx'

import { backupColumns } from './backup-columns.tsx'
import { growthById, viewBackups, type BackupView } from './backup-list-view.ts'
import { DeleteBackupDialog } from './delete-backup-dialog.tsx'

export interface BackupsBodyProps {
  list: UseQueryResult<{ items: Backup[] }, unknown>
  view: BackupView
  onViewChange: (change: Partial<BackupView>) => void
  workspaceId: number
  onTake: () => void
}

const shows = [
  { value: 'workspace', label: 'This workspace' },
  { value: 'uploaded', label: 'Uploaded' },
  { value: 'all', label: 'All' },
] as const

/** The list in its four states. */
export function BackupsBody({ list, view, onViewChange, workspaceId, onTake }: BackupsBodyProps) {
  return (
    <>
      <Toolbar>
        <ChoiceChips
          aria-label="Which backups"
          size="sm"
          choices={shows}
          value={view.show}
          onValueChange={(show) => onViewChange({ show })}
        />
      </Toolbar>
      <BackupList {...{ list, view, onViewChange, workspaceId, onTake }} />
    </>
  )
}

function BackupList({ list, view, onViewChange, workspaceId, onTake }: BackupsBodyProps) {
  const [deleting, setDeleting] = useState<Backup>()
  const isMixed = view.show !== 'workspace'
  const columns = useMemo(
    () => backupColumns({ growth: growthById(list.data?.items ?? []), isMixed, onDelete: setDeleting }),
    [list.data, isMixed],
  )

  if (list.isPending) return <DataTableSkeleton columns={columns} label="Loading backups" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the backups')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const shown = viewBackups(list.data.items, view)
  if (shown.length === 0) return <NoBackups show={view.show} onTake={onTake} />
  return (
    <>
      <DataTable
        label="Backups"
        rows={shown}
        columns={columns}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => `/w/${workspaceId}/backups/${id}`}
        sort={{ id: view.sort, direction: view.order }}
        onSortChange={({ id, direction }) =>
          onViewChange({ sort: id === 'size' || id === 'rows' ? id : 'when', order: direction })
        }
      />
      <ListFoot noun="backup" shown={shown.length}>
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
      {deleting && <DeleteBackupDialog backup={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  )
}

function NoBackups({ show, onTake }: { show: BackupView['show']; onTake: () => void }) {
  if (show === 'uploaded') return <EmptyState icon={<Archive />}>No archive was uploaded yet.</EmptyState>
  return (
    <EmptyState
      icon={<Archive />}
      action={
        <Button variant="primary" onClick={onTake}>
          Take the first backup
        </Button>
      }
    >
      No backup yet. One holds every table with its rows, the API groups and constructs of a branch, and all stored
      files, in a file that opens without Metadeck.
    </EmptyState>
  )
}
