import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { z } from 'zod'

import { formFailure, plainIssues } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { Button } from '#console/ui/button.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Sheet } from '#console/ui/sheet.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { ColumnEditor } from './column-editor.tsx'
import { COLUMN_START, ColumnForm, toColumn } from './column-form.ts'

/** A table's form with one column in it, so that the same editor serves both. */
const OneColumnForm = z.object({
  name: z.string(),
  description: z.string(),
  auth: z.boolean(),
  schema: z.tuple([ColumnForm]),
})
const defaultValues: z.input<typeof OneColumnForm> = { name: '', description: '', auth: false, schema: [COLUMN_START] }

export interface AddColumnSheetProps {
  tableRef: TableRef
  onClose: () => void
}

export function AddColumnSheet({ tableRef, onClose }: AddColumnSheetProps) {
  const add = useMutation(tables.addColumn(tableRef))
  const toast = useToast()
  const formId = useId()
  const form = useForm({ resolver: zodResolver(OneColumnForm), defaultValues })
  const failure = formFailure(add.error, 'The column was not added')

  const handleSubmit = form.handleSubmit(({ schema: [column] }) => {
    add.mutate(toColumn(column), {
      onSuccess: () => {
        toast.success(`Column ${column.name} added`)
        onClose()
      },
      onError: (error) => {
        // The request is the column itself, so the server names its fields without the path they have here.
        for (const { param, message } of plainIssues(error))
          form.setError(`schema.0.${param as 'name'}`, { type: 'server', message })
      },
    })
  })

  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Add column"
      description="Rows that are there already get the default, or null where that is allowed."
      footer={
        <>
          <Button onClick={onClose} disabled={add.isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={add.isPending}>
            Add column
          </Button>
        </>
      }
    >
      <FormProvider {...form}>
        <form id={formId} onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <ColumnEditor index={0} workspaceId={tableRef.workspaceId} />
          {failure && <FormError {...failure} />}
        </form>
      </FormProvider>
    </Sheet>
  )
}
