import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { restores } from '#console/data/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { goodFirst, unlistedWords } from '../archive-words.ts'
import { archiveColumns } from './archive-columns.tsx'
import { ArchiveFilter } from './archive-filter.tsx'

export interface ArchiveListProps {
  /** Only those of this workspace. */
  workspaceId: number | undefined
  onFilter: (workspaceId: number | undefined) => void
  onChoose: (backup: Backup) => void
}

/** Archives that can be restored, whichever workspace they came from; what looks wrong comes last. */
export function ArchiveList({ workspaceId, onFilter, onChoose }: ArchiveListProps) {
  const [cursors, setCursors] = useState<string[]>([])
  return (
    <div className="flex flex-col gap-3">
      <ArchiveFilter
        workspaceId={workspaceId}
        onFilter={(next) => {
          setCursors([])
          onFilter(next)
        }}
      />
      <ArchivePage {...{ workspaceId, cursors, onFilter, onChoose }} onCursors={setCursors} />
    </div>
  )
}

interface ArchivePageProps extends ArchiveListProps {
  /** Of the pages before this one, and of this one. */
  cursors: readonly string[]
  onCursors: (cursors: string[]) => void
}

function ArchivePage({ workspaceId, cursors, onFilter, onChoose, onCursors }: ArchivePageProps) {
  const list = useQuery(restores.archives({ workspaceId, cursor: cursors.at(-1) }))
  if (list.isPending) return <DataTableSkeleton columns={archiveColumns} label="Loading backups" />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the backups')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const { items, nextCursor } = list.data
  const restorable = goodFirst(items)
  const isEmpty = restorable.length === 0 && cursors.length === 0 && nextCursor === null
  if (isEmpty && workspaceId !== undefined) {
    return (
      <EmptyState action={<Button onClick={() => onFilter(undefined)}>Show all backups</Button>}>
        No backup of this workspace can be restored.
      </EmptyState>
    )
  }
  if (isEmpty)
    return <EmptyState>Nothing to restore yet. Take a backup of a workspace, or upload an archive.</EmptyState>
  return (
    <>
      <DataTable
        label="Backups to restore"
        rows={restorable}
        columns={archiveColumns}
        rowKey={({ id }) => String(id)}
        rowLabel={({ workspaceName, id }) => `${workspaceName} #${id}`}
        onRowOpen={onChoose}
      />
      <ListFoot
        noun="backup"
        shown={restorable.length}
        onPrevious={cursors.length === 0 ? undefined : () => onCursors(cursors.slice(0, -1))}
        onNext={nextCursor === null ? undefined : () => onCursors([...cursors, nextCursor])}
      >
        {unlistedWords(items)}
      </ListFoot>
    </>
  )
}
