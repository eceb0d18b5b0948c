import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'

import type { Column } from '#api/contract/columns.ts'
import { createContent } from '#api/contract/content.ts'
import { content, type RowId } from '#console/data/content.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { pageGrid } from '#console/ui/dialog-focus.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Sheet } from '#console/ui/sheet.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { CancelRow } from './cancel-row.ts'
import { rowTitle } from './cell-text.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { readOpenRow, writeOpenRow } from './open-row.ts'
import { RowFormBody, type RowFormHandle } from './row-form-body.tsx'

export interface RowSheetProps {
  tableRef: TableRef
  columns: readonly Column[]
}

/** The row that the address names, beside the grid; nothing while it names none. */
export function RowSheet({ tableRef, columns }: RowSheetProps) {
  const [params, setParams] = useUrlParams()
  const open = readOpenRow(params)
  const close = () => setParams((before) => writeOpenRow(before, undefined), { preventScrollReset: true })

  if (open === undefined) return null
  if (open === 'new') return <NewRow key="new" {...{ tableRef, columns }} onClose={close} />
  return <ExistingRow key={open} id={open} {...{ tableRef, columns }} onClose={close} />
}

type Closable = RowSheetProps & { onClose: () => void }

function NewRow({ tableRef, columns, onClose }: Closable) {
  const formRef = useRef<RowFormHandle>(null)
  const canAdd = useMay()(createContent, tableRef.workspaceId)
  return (
    <GuardedSheet title="New row" formRef={formRef} onClose={onClose}>
      {canAdd ? (
        <RowFormBody ref={formRef} {...{ tableRef, columns, onClose }} />
      ) : (
        <NoAccess endpoint={createContent} where={tableRef.workspaceId} className="m-4" />
      )}
    </GuardedSheet>
  )
}

function ExistingRow({ id, tableRef, columns, onClose }: Closable & { id: RowId }) {
  // Read once for each opening: the form keeps the row as it was, and a deleted one is not asked for again.
  const row = useQuery({ ...content.detail(tableRef, id), staleTime: 'static', gcTime: 0 })
  const formRef = useRef<RowFormHandle>(null)
  const title = row.data ? rowTitle(columns, row.data) : `#${id}`
  // One sheet from the start: a second one for the loaded row would lose the focus between the two.
  return (
    <GuardedSheet title={`Row ${title}`} formRef={formRef} onClose={onClose} isFromGrid>
      {row.data ? (
        <RowFormBody ref={formRef} {...{ tableRef, columns, onClose, title }} existing={{ id, row: row.data }} />
      ) : (
        <div className="p-4">
          {row.isPending ? (
            <TextSkeleton lines={8} label="Loading the row" />
          ) : (
            <ErrorState
              {...describeFailure(row.error, 'Could not load the row')}
              onRetry={() => void row.refetch()}
              isRetrying={row.isFetching}
            />
          )}
        </div>
      )}
    </GuardedSheet>
  )
}

interface GuardedSheetProps {
  title: string
  children: ReactNode
  formRef: React.RefObject<RowFormHandle | null>
  isFromGrid?: boolean
  onClose: () => void
}

/** A sheet that asks before it drops what was typed. */
function GuardedSheet({ title, children, formRef, isFromGrid, onClose }: GuardedSheetProps) {
  const [discarding, setDiscarding] = useState(0)

  function handleClose() {
    const changeCount = formRef.current?.countChanges() ?? 0
    if (changeCount > 0) setDiscarding(changeCount)
    else onClose()
  }

  return (
    <Sheet open onOpenChange={handleClose} title={title} flush finalFocus={isFromGrid ? pageGrid : undefined}>
      <CancelRow value={handleClose}>{children}</CancelRow>
      {discarding > 0 && (
        <DiscardDialog changeCount={discarding} onCancel={() => setDiscarding(0)} onDiscard={onClose} />
      )}
    </Sheet>
  )
}
