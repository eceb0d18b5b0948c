import { useQuery, type QueryClient } from '@tanstack/react-query'

import { describeFailure } from '#console/data/describe-failure.ts'
import { instances } from '#console/data/instances.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { instanceColumns } from './instance-columns.tsx'

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(instances.list()).catch(() => undefined)
    return null
  }
}

export function Component() {
  return (
    <Page>
      <PageHeader
        title="Instances"
        description="Servers that speak the Metadata API. The built-in one is this Metadeck itself."
      />
      <InstanceList />
    </Page>
  )
}

function InstanceList() {
  const list = useQuery(instances.list())
  if (list.isPending) return <DataTableSkeleton columns={instanceColumns} label="Loading instances" rows={2} />
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the instances')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  if (list.data.length === 0) return <EmptyState>No instance is in reach of this account.</EmptyState>
  return (
    <>
      <DataTable
        label="Instances"
        rows={list.data}
        columns={instanceColumns}
        rowKey={(instance) => instance.name}
        rowLabel={(instance) => instance.display}
        rowHref={() => '/workspaces'}
      />
      <ListFoot noun="instance" shown={list.data.length}>
        {list.isRefetchError && <span className="text-warning">Could not refresh the list</span>}
      </ListFoot>
    </>
  )
}
