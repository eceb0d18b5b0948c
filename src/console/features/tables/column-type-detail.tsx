import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { tables } from '#console/data/tables.ts'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { NumberInput } from '#console/ui/number-input.tsx'

import type { TableForm } from './column-form.ts'

/** What some types ask for besides: the values of an enum, the table a number refers to, the length of a vector. */
export function ColumnTypeDetail({ index, workspaceId }: { index: number; workspaceId: number }) {
  const { control, register, formState } = useFormContext<TableForm>()
  const type = useWatch({ control, name: `schema.${index}.type` })
  const errors = formState.errors.schema?.[index]

  if (type === 'enum') {
    return (
      <Field label="Values" hint="Separated by commas." error={errors?.values?.message} className="sm:col-span-3">
        <Input {...register(`schema.${index}.values`)} placeholder="open, paid, void" spellCheck={false} />
      </Field>
    )
  }
  if (type === 'int' || type === 'uuid') return <ReferenceField index={index} workspaceId={workspaceId} />
  if (type !== 'vector') return null
  return (
    <Field label="Dimensions" error={errors?.size?.message} className="sm:col-span-3 sm:max-w-52">
      <Controller
        control={control}
        name={`schema.${index}.size`}
        render={({ field }) => (
          <NumberInput
            ref={field.ref}
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            min={1}
            max={16_000}
          />
        )}
      />
    </Field>
  )
}

function ReferenceField({ index, workspaceId }: { index: number; workspaceId: number }) {
  const { control, formState } = useFormContext<TableForm>()
  const list = useQuery(tables.all(workspaceId))
  const known = (list.data?.items ?? []).map(({ id, name, description }) => ({
    value: String(id),
    label: name,
    description,
  }))
  const options = [{ value: '', label: 'No table', description: 'A plain value' }, ...known]

  return (
    <Field
      label="Refers to"
      optional
      error={formState.errors.schema?.[index]?.tableref_id?.message}
      className="sm:col-span-3 sm:max-w-80"
    >
      <Controller
        control={control}
        name={`schema.${index}.tableref_id`}
        render={({ field }) => (
          <Combobox
            options={options}
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            searchPlaceholder="Search tables"
            emptyText="No table matches."
          />
        )}
      />
    </Field>
  )
}
