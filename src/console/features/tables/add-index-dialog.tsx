import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { Controller, FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'
import { z } from 'zod'

import type { Column } from '#api/contract/columns.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { type TableRef, tables } from '#console/data/tables.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { MultiCombobox } from '#console/ui/multi-combobox.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { columnKind, typeWords } from './column-kind.ts'
import { indexText } from './index-words.ts'

const IndexForm = z.object({
  kind: z.enum(['btree', 'unique']),
  fields: z.array(z.object({ name: z.string(), op: z.enum(['asc', 'desc']) })).min(1, 'Choose at least one column'),
})
type IndexForm = z.infer<typeof IndexForm>

const kinds = [
  { value: 'btree', label: 'B-tree, for searching and sorting' },
  { value: 'unique', label: 'Unique, no two rows alike' },
] as const
const directions = [
  { value: 'asc', label: 'ascending' },
  { value: 'desc', label: 'descending' },
] as const

export interface AddIndexDialogProps {
  tableRef: TableRef
  columns: readonly Column[]
  onClose: () => void
}

export function AddIndexDialog({ tableRef, columns, onClose }: AddIndexDialogProps) {
  const add = useMutation(tables.addIndex(tableRef))
  const toast = useToast()
  const form = useForm<IndexForm>({ resolver: zodResolver(IndexForm), defaultValues: { kind: 'btree', fields: [] } })
  const failure = formFailure(add.error, 'The index was not added')

  const handleSubmit = form.handleSubmit((index) => {
    add.mutate(index, {
      onSuccess: () => {
        toast.success(`Index on ${indexText(index)} added`)
        onClose()
      },
    })
  })

  return (
    <Dialog open onOpenChange={onClose} title="Add index" dismissible={!add.isPending}>
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <KindField />
          <ColumnsOfIndex columns={columns} />
          {failure && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={add.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={add.isPending}>
              Add index
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </Dialog>
  )
}

function KindField() {
  const { control } = useFormContext<IndexForm>()
  return (
    <Field label="Kind" group>
      <Controller
        control={control}
        name="kind"
        render={({ field }) => <ChoiceChips choices={kinds} value={field.value} onValueChange={field.onChange} />}
      />
    </Field>
  )
}

/** The columns in the order of the index, each with its direction. */
function ColumnsOfIndex({ columns }: { columns: readonly Column[] }) {
  const { control, setValue, formState } = useFormContext<IndexForm>()
  const fields = useWatch({ control, name: 'fields' })
  const options = columns
    .filter((column) => columnKind(column) !== 'json')
    .map((column) => ({ value: column.name, label: column.name, description: typeWords(column) }))

  function set(next: IndexForm['fields']) {
    setValue('fields', next, { shouldDirty: true, shouldValidate: formState.isSubmitted })
  }

  return (
    <>
      <Field
        label="Columns"
        hint="In this order: an index serves searches by its first columns."
        error={formState.errors.fields?.message}
      >
        <MultiCombobox
          options={options}
          value={fields.map(({ name }) => name)}
          onValueChange={(names) =>
            set(names.map((name) => fields.find((field) => field.name === name) ?? { name, op: 'asc' }))
          }
        />
      </Field>
      {fields.map(({ name, op }, index) => (
        <Field
          key={name}
          group
          label={
            <>
              Direction of <code className="wrap-anywhere">{name}</code>
            </>
          }
        >
          <ChoiceChips
            choices={directions}
            value={op}
            onValueChange={(next) => set(fields.with(index, { name, op: next }))}
          />
        </Field>
      ))}
    </>
  )
}
