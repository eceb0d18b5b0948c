import { zodResolver } from '@hookform/resolvers/zod'
import { use, useImperativeHandle, useMemo, useState, type ReactNode, type Ref } from 'react'
import { FormProvider, useForm, useWatch, type Control } from 'react-hook-form'

import type { Column } from '#api/contract/columns.ts'
import { deleteContent, updateContent, type Row } from '#api/contract/content.ts'
import type { RowId } from '#console/data/content.ts'
import { formFailure, plainIssues } from '#console/data/form-failure.ts'
import type { TableRef } from '#console/data/tables.ts'
import { formatCount } from '#console/lib/format.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { useFocusFirst } from '#console/ui/dialog-focus.tsx'
import { FormError } from '#console/ui/form-error.tsx'

import { CancelRow } from './cancel-row.ts'
import { DeleteRowDialog } from './delete-row-dialog.tsx'
import { changedFields, countChanged, initialInputs } from './row-changes.ts'
import { RowField } from './row-field.tsx'
import { editableColumns, rowFormSchema, type RowForm } from './row-form.ts'
import { useSaveRow } from './use-save-row.ts'

/** What the sheet around the form asks of it. */
export interface RowFormHandle {
  countChanges: () => number
}

export interface RowFormBodyProps {
  tableRef: TableRef
  columns: readonly Column[]
  /** The row to change; without one a new row is made. */
  existing?: { id: RowId; row: Row } | undefined
  /** What the row is called. */
  title?: string | undefined
  /** The row is saved or deleted. */
  onClose: () => void
  ref: Ref<RowFormHandle>
}

/** A row with the input of each column's type. It starts from the row as it was when opened, whatever happens to the grid meanwhile. */
export function RowFormBody({ tableRef, columns, existing, title = '', onClose, ref }: RowFormBodyProps) {
  const fields = useMemo(() => editableColumns(columns), [columns])
  const [before] = useState(() => initialInputs(fields, existing?.row))
  const form = useForm<RowForm>({
    resolver: zodResolver(rowFormSchema(fields, before, existing === undefined)),
    defaultValues: { fields: before },
  })
  const save = useSaveRow(tableRef, existing?.id, onClose)
  const [isDeleting, setIsDeleting] = useState(false)
  const formRef = useFocusFirst<HTMLFormElement>()
  const may = useMay()
  const { workspaceId } = tableRef
  const canSave = existing === undefined || may(updateContent, workspaceId)
  const failure = formFailure(save.error, existing ? 'The row was not changed' : 'The row was not added')
  useImperativeHandle(
    ref,
    () => ({ countChanges: () => (canSave ? countChanged(before, form.getValues('fields')) : 0) }),
    [before, canSave, form],
  )

  const handleSubmit = form.handleSubmit((values) => {
    if (!canSave) return
    save.run(changedFields(fields, before, values.fields), (error) =>
      showRowIssues(error, fields, (index, message) =>
        form.setError(`fields.${index}.text`, { type: 'server', message }, { shouldFocus: true }),
      ),
    )
  })

  return (
    <FormProvider {...form}>
      <form ref={formRef} onSubmit={handleSubmit} noValidate className="flex h-full flex-col">
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto overscroll-contain p-4">
          {!canSave && (
            <p className="text-sm text-muted">
              For reading only. <NeedsNote endpoint={updateContent} where={workspaceId} />
            </p>
          )}
          {fields.map((column, index) => (
            <RowField
              key={column.name}
              {...{ column, index }}
              isNew={existing === undefined}
              isReadOnly={!canSave}
              workspaceId={workspaceId}
            />
          ))}
          {failure && <FormError {...failure} />}
        </div>
        <RowFormFoot
          canDelete={existing !== undefined && may(deleteContent, workspaceId)}
          onDelete={() => setIsDeleting(true)}
          isPending={save.isPending}
        >
          {canSave && (
            <SaveButton
              control={form.control}
              before={before}
              isNew={existing === undefined}
              isPending={save.isPending}
            />
          )}
        </RowFormFoot>
      </form>
      {isDeleting && existing && (
        <DeleteRowDialog
          {...{ tableRef, title }}
          id={existing.id}
          onClose={() => setIsDeleting(false)}
          onDeleted={onClose}
        />
      )}
    </FormProvider>
  )
}

/** Puts what the server refused to the field of its column. */
function showRowIssues(error: unknown, columns: readonly Column[], show: (index: number, message: string) => void) {
  for (const { param, message } of plainIssues(error)) {
    const index = columns.findIndex(({ name }) => param === name || param.startsWith(`${name}.`))
    if (index >= 0) show(index, message)
  }
}

interface RowFormFootProps {
  canDelete: boolean
  onDelete: () => void
  isPending: boolean
  /** The button that saves; false where nothing may be saved. */
  children: ReactNode
}

/** The row of buttons; gone where there is none. */
function RowFormFoot({ canDelete, onDelete, isPending, children }: RowFormFootProps) {
  const cancel = use(CancelRow)
  return (
    <div className="flex flex-wrap justify-end gap-2 border-t px-4 py-3 empty:hidden">
      {canDelete && (
        <Button className="mr-auto text-danger!" variant="ghost" onClick={onDelete} disabled={isPending}>
          Delete row
        </Button>
      )}
      {children && (
        <>
          <Button onClick={cancel} disabled={isPending}>
            Cancel
          </Button>
          {children}
        </>
      )}
    </div>
  )
}

interface SaveButtonProps {
  control: Control<RowForm>
  before: RowForm['fields']
  isNew: boolean
  isPending: boolean
}

/** Says how much would be saved; a new row may be all defaults. */
function SaveButton({ control, before, isNew, isPending }: SaveButtonProps) {
  const fields = useWatch({ control, name: 'fields' })
  const count = countChanged(before, fields)
  return (
    <Button type="submit" variant="primary" pending={isPending} disabled={!isNew && count === 0}>
      {isNew ? 'Add row' : count === 0 ? 'No changes' : `Save ${formatCount(count, 'change')}`}
    </Button>
  )
}
