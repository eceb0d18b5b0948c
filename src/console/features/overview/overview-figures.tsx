import { useQuery } from '@tanstack/react-query'

import { listApiGroups } from '#api/contract/api-groups.ts'
import { listBackups } from '#api/contract/backups.ts'
import { PER_PAGE_MAX } from '#api/contract/paging.ts'
import { listTables } from '#api/contract/tables.ts'
import { listDataSources } from '#api/contract/workspaces.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { backups, isRunning } from '#console/data/backups.ts'
import { tables } from '#console/data/tables.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { formatBytes, formatCount, formatNumber } from '#console/lib/format.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { Figure } from './figure.tsx'
import { lastGoodBackup } from './last-backup.ts'

/** Lists have no totals; the longest page holds nearly every workspace, and the rest is said to be more. */
const countText = (page: { items: readonly unknown[]; nextPage: number | null }): string =>
  `${formatNumber(page.items.length)}${page.nextPage === null ? '' : '+'}`

/** How much there is, and how old its last backup; what one may not read is left out. */
export function OverviewFigures({ workspaceId }: { workspaceId: number }) {
  const base = `/w/${workspaceId}`
  const may = useMay()
  return (
    <div className="grid grid-cols-2 gap-3 empty:hidden lg:grid-cols-4">
      {may(listTables, workspaceId) && <TableCount workspaceId={workspaceId} to={`${base}/tables`} />}
      {may(listApiGroups, workspaceId) && <ApiGroupCount workspaceId={workspaceId} to={`${base}/api-groups`} />}
      {may(listBackups, workspaceId) && <LastBackup workspaceId={workspaceId} to={`${base}/backups`} />}
      {may(listDataSources, workspaceId) && (
        <DataSourceCount workspaceId={workspaceId} to={may(listTables, workspaceId) ? `${base}/tables` : undefined} />
      )}
    </div>
  )
}

interface WorkspaceFigureProps {
  workspaceId: number
  to: string | undefined
}

function TableCount({ workspaceId, to }: WorkspaceFigureProps) {
  const { data, isPending, isLoadingError, refetch } = useQuery(tables.all(workspaceId))
  return (
    <Figure
      label="Tables"
      to={to}
      isPending={isPending}
      onRetry={isLoadingError ? () => void refetch() : undefined}
      value={data && countText(data)}
      note={data?.items.length === 0 ? 'None yet' : undefined}
    />
  )
}

function ApiGroupCount({ workspaceId, to }: WorkspaceFigureProps) {
  const { data, isPending, isLoadingError, refetch } = useQuery(apiGroups.list(workspaceId, { per_page: PER_PAGE_MAX }))
  return (
    <Figure
      label="API groups"
      to={to}
      isPending={isPending}
      onRetry={isLoadingError ? () => void refetch() : undefined}
      value={data && countText(data)}
      note={data?.items.length === 0 ? 'None yet' : undefined}
    />
  )
}

function LastBackup({ workspaceId, to }: WorkspaceFigureProps) {
  const { data, isPending, isLoadingError, refetch } = useQuery(backups.list({ workspaceId }))
  const last = lastGoodBackup(data?.items ?? [])
  const isBackingUp = data?.items.some(isRunning) ?? false
  const note = last ? `${formatCount(last.rows, 'row')} · ${formatBytes(last.bytes)}` : 'No backup yet'
  return (
    <Figure
      label="Last backup"
      to={to}
      isPending={isPending}
      onRetry={isLoadingError ? () => void refetch() : undefined}
      value={
        last ? <RelativeTime at={last.finishedAt ?? last.createdAt} /> : <span className="text-warning">Never</span>
      }
      note={isBackingUp ? 'Another is running now' : note}
    />
  )
}

function DataSourceCount({ workspaceId, to }: WorkspaceFigureProps) {
  const { data, isPending, isLoadingError, refetch } = useQuery(workspaces.dataSources(workspaceId))
  return (
    <Figure
      label="Data sources"
      to={to}
      isPending={isPending}
      onRetry={isLoadingError ? () => void refetch() : undefined}
      value={data && formatNumber(data.length)}
      note={data?.map(({ label }) => label).join(', ')}
    />
  )
}
