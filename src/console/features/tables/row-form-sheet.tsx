import { zodResolver } from '@hookform/resolvers/zod'
import { useId, useMemo, useState } from 'react'
import { FormProvider, useForm, useWatch, type Control } from 'react-hook-form'

import { ApiError } from '#api/client/api-error.ts'
import type { Column } from '#api/contract/columns.ts'
import type { Row } from '#api/contract/content.ts'
import type { RowId } from '#console/data/content.ts'
import { formFailure } from '#console/data/form-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Sheet } from '#console/ui/sheet.tsx'

import { rowTitle } from './cell-text.ts'
import { DeleteRowDialog } from './delete-row-dialog.tsx'
import { DiscardDialog } from './discard-dialog.tsx'
import { changedFields, initialInputs, isSameInput } from './row-changes.ts'
import { RowField } from './row-field.tsx'
import { editableColumns, rowFormSchema, type RowForm } from './row-form.ts'
import { useSaveRow } from './use-save-row.ts'

export interface RowFormSheetProps {
  tableRef: TableRef
  columns: readonly Column[]
  /** The row to change; without one a new row is made. */
  existing?: { id: RowId; row: Row } | undefined
  onClose: () => void
}

/** A row with the input of each column's type. It starts from the row as it was when opened, whatever happens to the grid meanwhile. */
export function RowFormSheet({ tableRef, columns, existing, onClose }: RowFormSheetProps) {
  const fields = useMemo(() => editableColumns(columns), [columns])
  const [before] = useState(() => initialInputs(fields, existing?.row))
  const form = useForm<RowForm>({
    resolver: zodResolver(rowFormSchema(fields, before, existing === undefined)),
    defaultValues: { fields: before },
  })
  const save = useSaveRow(tableRef, existing?.id, onClose)
  const [asking, setAsking] = useState<'delete' | 'discard'>()
  const formId = useId()
  const title = existing ? rowTitle(columns, existing.row) : undefined
  const failure = formFailure(save.error, existing ? 'The row was not changed' : 'The row was not added')
  const hasChanges = () => form.getValues('fields').some((input, index) => !isSameInput(before[index] ?? input, input))

  const handleSubmit = form.handleSubmit((values) => {
    save.run(changedFields(fields, before, values.fields), (error) =>
      showRowIssues(error, fields, (index, message) =>
        form.setError(`fields.${index}.text`, { type: 'server', message }, { shouldFocus: true }),
      ),
    )
  })

  return (
    <Sheet
      open
      onOpenChange={() => (hasChanges() ? setAsking('discard') : onClose())}
      title={title === undefined ? 'New row' : `Row ${title}`}
      footer={
        <>
          {existing && (
            <Button
              className="mr-auto text-danger!"
              variant="ghost"
              onClick={() => setAsking('delete')}
              disabled={save.isPending}
            >
              Delete row
            </Button>
          )}
          <SaveButton
            control={form.control}
            {...{ formId, before }}
            isNew={existing === undefined}
            isPending={save.isPending}
          />
        </>
      }
    >
      <FormProvider {...form}>
        <form id={formId} onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          {fields.map((column, index) => (
            <RowField
              key={column.name}
              {...{ column, index }}
              isNew={existing === undefined}
              workspaceId={tableRef.workspaceId}
            />
          ))}
          {failure && <FormError {...failure} />}
        </form>
      </FormProvider>
      {asking === 'discard' && <DiscardDialog onCancel={() => setAsking(undefined)} onDiscard={onClose} />}
      {asking === 'delete' && existing && (
        <DeleteRowDialog
          {...{ tableRef }}
          id={existing.id}
          title={title ?? ''}
          onClose={() => setAsking(undefined)}
          onDeleted={onClose}
        />
      )}
    </Sheet>
  )
}

/** Puts what the server refused to the field of its column. */
function showRowIssues(error: unknown, columns: readonly Column[], show: (index: number, message: string) => void) {
  if (!(error instanceof ApiError)) return
  for (const { param, message } of error.issues) {
    const index = columns.findIndex(({ name }) => param === name || param.startsWith(`${name}.`))
    if (index >= 0) show(index, message)
  }
}

interface SaveButtonProps {
  control: Control<RowForm>
  formId: string
  before: RowForm['fields']
  isNew: boolean
  isPending: boolean
}

/** Says how much would be saved; a new row may be all defaults. */
function SaveButton({ control, formId, before, isNew, isPending }: SaveButtonProps) {
  const fields = useWatch({ control, name: 'fields' })
  const count = fields.filter((input, index) => !isSameInput(before[index] ?? input, input)).length
  return (
    <Button type="submit" form={formId} variant="primary" pending={isPending} disabled={!isNew && count === 0}>
      {isNew ? 'Add row' : count === 0 ? 'No changes' : `Save ${count} ${count === 1 ? 'change' : 'changes'}`}
    </Button>
  )
}
