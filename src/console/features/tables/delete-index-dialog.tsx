import { useMutation } from '@tanstack/react-query'

import type { Index } from '#api/contract/columns.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { indexText } from './index-words.ts'

export interface DeleteIndexDialogProps {
  index: Index & { id: string }
  tableRef: TableRef
  onClose: () => void
}

export function DeleteIndexDialog({ index, tableRef, onClose }: DeleteIndexDialogProps) {
  const remove = useMutation(tables.removeIndex(tableRef))
  const toast = useToast()
  const name = indexText(index)

  function handleConfirm() {
    remove.mutate(index.id, {
      onSuccess: () => {
        toast.success(`Index on ${name} deleted`)
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete index on ${name}`}
      confirmLabel="Delete index"
      pending={remove.isPending}
      error={formFailure(remove.error, 'The index was not deleted')}
      onConfirm={handleConfirm}
    >
      <p>
        No row is lost. Searches by these columns get slower
        {index.type === 'unique' && ', and two rows may then hold the same values'}.
      </p>
    </ConfirmDialog>
  )
}
