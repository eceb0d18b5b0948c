import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'

import type { Column } from '#api/contract/columns.ts'
import { content, type RowId } from '#console/data/content.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Sheet } from '#console/ui/sheet.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { readOpenRow, writeOpenRow } from './open-row.ts'
import { RowFormSheet } from './row-form-sheet.tsx'

export interface RowSheetProps {
  tableRef: TableRef
  columns: readonly Column[]
}

/** The row that the address names, beside the grid; nothing while it names none. */
export function RowSheet({ tableRef, columns }: RowSheetProps) {
  const [params, setParams] = useSearchParams()
  const open = readOpenRow(params)
  const close = () => setParams((before) => writeOpenRow(before, undefined), { preventScrollReset: true })

  if (open === undefined) return null
  if (open === 'new') return <RowFormSheet key="new" {...{ tableRef, columns }} onClose={close} />
  return <ExistingRow key={open} id={open} {...{ tableRef, columns }} onClose={close} />
}

function ExistingRow({ id, tableRef, columns, onClose }: RowSheetProps & { id: RowId; onClose: () => void }) {
  const row = useQuery(content.detail(tableRef, id))
  if (row.data) return <RowFormSheet {...{ tableRef, columns, onClose }} existing={{ id, row: row.data }} />
  return (
    <Sheet open onOpenChange={onClose} title={`Row #${id}`} size="md">
      {row.isPending ? (
        <TextSkeleton lines={8} label="Loading the row" />
      ) : (
        <ErrorState
          {...describeFailure(row.error, 'Could not load the row')}
          onRetry={() => void row.refetch()}
          isRetrying={row.isFetching}
        />
      )}
    </Sheet>
  )
}
