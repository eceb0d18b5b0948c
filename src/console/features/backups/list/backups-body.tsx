import { useQuery } from '@tanstack/react-query'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import type { DataColumn } from '#console/ui/data-table/data-column.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { backupPath } from '../backup-path.ts'
import { type BackupSearch, isMixed, isNarrowed, runFilter, sortRuns, turnPages } from './backup-search.ts'
import { NoBackups } from './no-backups.tsx'
import { RunFilter } from './run-filter.tsx'
import { useRunActions } from './use-run-actions.tsx'

export interface BackupsBodyProps {
  workspaceId: number
  search: BackupSearch
  onSearch: (change: Partial<BackupSearch>) => void
  onTake: () => void
}

/** The list of runs, in its states, below what it is narrowed to. */
export function BackupsBody(props: BackupsBodyProps) {
  return (
    <>
      <RunFilter workspaceId={props.workspaceId} search={props.search} onChange={props.onSearch} />
      <RunList {...props} />
    </>
  )
}

function RunList(props: BackupsBodyProps) {
  const { workspaceId, search } = props
  const list = useQuery(backups.runs(runFilter(workspaceId, search)))
  const pages = turnPages(search, list.data?.nextCursor ?? null)
  const { columns, dialogs } = useRunActions({
    atHand: workspaceId,
    isMixed: isMixed(search),
    isWhole: pages.isWhole,
  })

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
  if (list.data.items.length === 0 && pages.isWhole) return <NoBackups {...props} isNarrowed={isNarrowed(search)} />
  return (
    <>
      <RunTable
        {...props}
        columns={columns}
        runs={pages.isWhole ? sortRuns(list.data.items, search) : list.data.items}
      />
      <ListFoot
        noun="backup"
        shown={list.data.items.length}
        onPrevious={pages.previous && (() => props.onSearch(pages.previous ?? {}))}
        onNext={pages.next && (() => props.onSearch(pages.next ?? {}))}
      >
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
      {dialogs}
    </>
  )
}

interface RunTableProps extends BackupsBodyProps {
  runs: Backup[]
  columns: DataColumn<Backup>[]
}

function RunTable({ runs, columns, workspaceId, search, onSearch }: RunTableProps) {
  return (
    <DataTable
      label="Backups"
      rows={runs}
      columns={columns}
      rowKey={({ id }) => String(id)}
      rowHref={(backup) => backupPath(backup, workspaceId)}
      sort={{ id: search.sort, direction: search.order }}
      onSortChange={({ id, direction }) =>
        onSearch({ sort: id === 'size' || id === 'rows' ? id : 'when', order: direction })
      }
    />
  )
}
