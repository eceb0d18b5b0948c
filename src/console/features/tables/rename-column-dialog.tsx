import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'

import type { Column } from '#api/contract/columns.ts'
import { renameColumn } from '#api/contract/tables.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { useToast } from '#console/ui/toast.tsx'

export interface RenameColumnDialogProps {
  column: Column
  tableRef: TableRef
  onClose: () => void
}

export function RenameColumnDialog({ column, tableRef, onClose }: RenameColumnDialogProps) {
  const rename = useMutation(tables.renameColumn(tableRef))
  const toast = useToast()
  const form = useForm({
    resolver: zodResolver(renameColumn.body),
    defaultValues: { old_name: column.name, new_name: column.name },
  })
  const { errors, isDirty } = form.formState
  const failure = formFailure(rename.error, 'The column was not renamed')

  const handleSubmit = form.handleSubmit((body) => {
    rename.mutate(body, {
      onSuccess: () => {
        toast.success(`Column ${body.old_name} is now ${body.new_name}`)
        onClose()
      },
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <Dialog
      open
      onOpenChange={onClose}
      // The row of the new name is another one; its menu is where the reader was.
      finalFocus={() => menuOf(rename.variables?.new_name) ?? menuOf(column.name)}
      title={`Rename column ${column.name}`}
      description="A rename keeps every value. Endpoints and scripts that use the old name must be changed by hand."
    >
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <Field label="New name" error={errors.new_name?.message}>
          <Input {...form.register('new_name')} mono spellCheck={false} />
        </Field>
        {failure && <FormError {...failure} />}
        <DialogFooter>
          <Button onClick={onClose} disabled={rename.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" pending={rename.isPending} disabled={!isDirty}>
            Rename column
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

function menuOf(name: string | undefined): HTMLElement | null {
  return name === undefined ? null : document.querySelector(`[aria-label="${CSS.escape(`Actions for ${name}`)}"]`)
}
