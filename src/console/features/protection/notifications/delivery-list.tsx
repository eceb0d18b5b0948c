import { useQuery } from '@tanstack/react-query'

import { describeFailure } from '#console/data/describe-failure.ts'
import { notifications } from '#console/data/notifications.ts'
import { DataTableSkeleton } from '#console/ui/data-table/data-table-skeleton.tsx'
import { DataTable } from '#console/ui/data-table/data-table.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { ListFoot } from '#console/ui/list-foot.tsx'

import { DELIVERY_COLUMNS } from './channel-columns.tsx'

/** The newest messages of all channels, and what became of them. */
export function DeliveryList() {
  const list = useQuery(notifications.deliveries())
  return (
    <section aria-labelledby="deliveries" className="flex flex-col gap-3 pt-4">
      <h2 id="deliveries" className="text-lg font-semibold">
        Messages
      </h2>
      {list.isPending && <DataTableSkeleton columns={DELIVERY_COLUMNS} label="Loading messages" />}
      {list.isLoadingError && (
        <ErrorState
          {...describeFailure(list.error, 'Could not load the messages')}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      )}
      {list.data?.length === 0 && <p className="text-muted">No message was sent yet.</p>}
      {list.data !== undefined && list.data.length > 0 && (
        <>
          <DataTable label="Messages" rows={list.data} columns={DELIVERY_COLUMNS} rowKey={({ id }) => String(id)} />
          <ListFoot noun="message" shown={list.data.length} />
        </>
      )}
    </section>
  )
}
