import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'

import type { Table } from '#api/contract/tables.ts'
import { content } from '#console/data/content.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { countOnly } from './row-count.ts'
import { WayBack } from './way-back.tsx'

export interface DeleteTableDialogProps {
  table: Table
  tableRef: TableRef
  onClose: () => void
}

export function DeleteTableDialog({ table, tableRef, onClose }: DeleteTableDialogProps) {
  const remove = useMutation(tables.remove())
  const rows = useQuery(content.list(countOnly(tableRef)))
  const navigate = useNavigate()
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(tableRef, {
      onSuccess: () => {
        toast.success(`Table ${table.name} deleted`)
        void navigate(`/w/${tableRef.workspaceId}/tables`)
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete table ${table.name}`}
      confirmLabel="Delete table"
      typedName={table.name}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The table was not deleted')}
      onConfirm={handleConfirm}
    >
      <p>
        The table and {rows.data === undefined ? 'all its rows' : `its ${formatCount(rows.data.itemsTotal, 'row')}`} are
        lost. Columns of other tables that refer to it keep their numbers but lead nowhere.
      </p>
      <WayBack table={table} workspaceId={tableRef.workspaceId} />
    </ConfirmDialog>
  )
}
