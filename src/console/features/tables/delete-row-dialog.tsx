import { useMutation } from '@tanstack/react-query'

import { content, type RowId } from '#console/data/content.ts'
import { formFailure } from '#console/data/form-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

export interface DeleteRowDialogProps {
  tableRef: TableRef
  id: RowId
  /** What the row is called: `#7 (Lamp)`. */
  title: string
  onClose: () => void
  onDeleted: () => void
}

export function DeleteRowDialog({ tableRef, id, title, onClose, onDeleted }: DeleteRowDialogProps) {
  const remove = useMutation(content.remove(tableRef))
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(id, {
      onSuccess: () => {
        toast.success(`Row ${title} deleted`)
        onDeleted()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete row ${title}`}
      confirmLabel="Delete row"
      pending={remove.isPending}
      error={formFailure(remove.error, 'The row was not deleted')}
      onConfirm={handleConfirm}
    >
      <p>The row is lost. Only a backup taken before brings it back.</p>
    </ConfirmDialog>
  )
}
