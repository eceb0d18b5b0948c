import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'

import { ApiError } from '#api/client/api-error.ts'
import { getTable, type Table } from '#api/contract/tables.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { tables } from '#console/data/tables.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { Tabs } from '#console/ui/tabs.tsx'

import { DeleteTableDialog } from './delete-table-dialog.tsx'
import { RowsTab } from './rows-tab.tsx'
import { SchemaTab } from './schema-tab.tsx'
import { TableActions } from './table-actions.tsx'

export const access = { title: 'Table', endpoint: getTable }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    const ref = { workspaceId: Number(params['workspaceId']), tableId: Number(params['tableId']) }
    void client.query(tables.detail(ref)).catch(() => undefined)
    void client.query(tables.schema(ref)).catch(() => undefined)
    return null
  }
}

/** The grid fills the window under the tabs and scrolls by itself. */
const fillClass =
  'flex min-h-0 flex-1 flex-col [&>[role=tabpanel]]:flex [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:flex-1 [&>[role=tabpanel]]:flex-col'

export function Component() {
  const params = useParams()
  const navigate = useNavigate()
  const [isDeleting, setIsDeleting] = useState(false)
  const workspaceId = Number(params['workspaceId'])
  const tableId = Number(params['tableId'])
  const ref = { workspaceId, tableId }
  const tab = params['tab'] === 'schema' ? 'schema' : 'rows'
  const detail = useQuery(tables.detail(ref))
  const base = `/w/${workspaceId}/tables/${tableId}`

  if (detail.isLoadingError) return <TableFailure detail={detail} workspaceId={workspaceId} />
  return (
    <Page fill={tab === 'rows'}>
      <PageHeader
        title={detail.data?.name ?? 'Table'}
        description={detail.data?.description}
        badge={detail.data?.auth === true && <Badge tone="info">Sign-in</Badge>}
        actions={<TableActions tab={tab} tableRef={ref} onDelete={() => setIsDeleting(true)} />}
      />
      <Tabs
        aria-label="Views of the table"
        value={tab}
        onValueChange={(next) => void navigate(next === 'schema' ? `${base}/schema` : base)}
        className={tab === 'rows' ? fillClass : undefined}
        tabs={[
          { value: 'rows', label: 'Rows', content: <RowsTab key={tableId} tableRef={ref} /> },
          { value: 'schema', label: 'Schema', content: <SchemaTab key={tableId} tableRef={ref} /> },
        ]}
      />
      {isDeleting && detail.data && (
        <DeleteTableDialog table={detail.data} tableRef={ref} onClose={() => setIsDeleting(false)} />
      )}
    </Page>
  )
}

function TableFailure({ detail, workspaceId }: { detail: UseQueryResult<Table, unknown>; workspaceId: number }) {
  if (detail.error instanceof ApiError && detail.error.code === 'not_found') {
    return (
      <NotFoundPage title="No such table" backTo={`/w/${workspaceId}/tables`} backLabel="Go to the tables">
        It may have been deleted, or the link is incomplete.
      </NotFoundPage>
    )
  }
  return (
    <Page>
      <PageHeader title="Table" />
      <ErrorState
        {...describeFailure(detail.error, 'Could not load the table')}
        onRetry={() => void detail.refetch()}
        isRetrying={detail.isFetching}
      />
    </Page>
  )
}
