import { useMutation, useQuery } from '@tanstack/react-query'

import type { Column } from '#api/contract/columns.ts'
import { content } from '#console/data/content.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { formatCount } from '#console/lib/format.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { countOnly } from './row-count.ts'

export interface DeleteColumnDialogProps {
  column: Column
  tableRef: TableRef
  onClose: () => void
}

export function DeleteColumnDialog({ column, tableRef, onClose }: DeleteColumnDialogProps) {
  const remove = useMutation(tables.removeColumn(tableRef))
  const rows = useQuery(content.list(countOnly(tableRef)))
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(column.name, {
      onSuccess: () => {
        toast.success(`Column ${column.name} deleted`)
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete column ${column.name}`}
      confirmLabel="Delete column"
      typedName={column.name}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The column was not deleted')}
      onConfirm={handleConfirm}
    >
      <p>
        Its value is lost in {rows.data === undefined ? 'every row' : formatCount(rows.data.itemsTotal, 'row')}, and
        with it every index that uses the column.
      </p>
      <p>Only a backup taken before brings it back.</p>
    </ConfirmDialog>
  )
}
