import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query'
import { Table2 } from 'lucide-react'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { createTable, listTables } from '#api/contract/tables.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tables } from '#console/data/tables.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { tableColumns } from './table-columns.tsx'
import { readTableListView, toTableFilter, writeTableListView, type TableListView } from './table-list-view.ts'
import { TableList } from './table-list.tsx'

export const access = { title: 'Tables', endpoint: listTables }

export function createLoader(client: QueryClient) {
  return ({ params, request }: LoaderFunctionArgs) => {
    const view = readTableListView(new URL(request.url).searchParams)
    void client.query(tables.list(toTableFilter(Number(params['workspaceId']), view))).catch(() => undefined)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const [params, setParams] = useUrlParams()
  const view = readTableListView(params)
  const list = useQuery({ ...tables.list(toTableFilter(workspaceId, view)), placeholderData: keepPreviousData })
  const setView = (change: Partial<TableListView>) =>
    setParams((before) => writeTableListView(before, change), {
      replace: !('page' in change),
      preventScrollReset: true,
    })
  const canCreate = useMay()(createTable, workspaceId)
  const createLink = canCreate && (
    <ButtonLink to="new" relative="path" variant="primary">
      New table
    </ButtonLink>
  )
  const isEmpty = list.data?.items.length === 0 && view.q === '' && view.page === 1

  return (
    <Page>
      <PageHeader title="Tables" description="Typed PostgreSQL tables of this workspace." actions={createLink} />
      {list.isPending && <DataTableSkeleton columns={tableColumns(workspaceId)} label="Loading tables" />}
      {list.isLoadingError && (
        <ErrorState
          {...describeFailure(list.error, 'Could not load the tables')}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      )}
      {isEmpty && (
        <EmptyState icon={<Table2 />} action={createLink || <NeedsNote endpoint={createTable} where={workspaceId} />}>
          No table yet. A table holds typed rows; its columns can be changed later.
        </EmptyState>
      )}
      {list.data && !isEmpty && (
        <TableList
          page={list.data}
          view={view}
          onViewChange={setView}
          workspaceId={workspaceId}
          isStale={list.isRefetchError}
        />
      )}
    </Page>
  )
}
