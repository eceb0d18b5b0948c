import { useQuery, useQueryClient } from '@tanstack/react-query'
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
  const [type, isReference] = useWatch({ control, name: [`schema.${index}.type`, `schema.${index}.isReference`] })
  const errors = formState.errors.schema?.[index]

  if (type === 'enum') {
    return (
      <Field label="Values" hint="Separated by commas." error={errors?.values?.message} className="@lg:col-span-3">
        <Input {...register(`schema.${index}.values`)} placeholder="open, paid, void" spellCheck={false} />
      </Field>
    )
  }
  if (isReference) return <ReferenceField index={index} workspaceId={workspaceId} />
  if (type !== 'vector') return null
  return (
    <Field label="Dimensions" error={errors?.size?.message} className="sm:max-w-52 @lg:col-span-3">
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
  const { control, formState, setValue } = useFormContext<TableForm>()
  const client = useQueryClient()
  const list = useQuery(tables.all(workspaceId))
  const options = (list.data?.items ?? []).map(({ id, name, description }) => ({
    value: String(id),
    label: name,
    description,
  }))

  async function takeIdType(tableId: number) {
    const schema = await client.query({ ...tables.schema({ workspaceId, tableId }), staleTime: 'static' })
    const isUuid = schema.some(({ name, type }) => name === 'id' && type === 'uuid')
    setValue(`schema.${index}.type`, isUuid ? 'uuid' : 'int', { shouldDirty: true })
  }

  return (
    <Field
      label="Refers to"
      error={formState.errors.schema?.[index]?.tableref_id?.message}
      className="sm:max-w-80 @lg:col-span-3"
    >
      <Controller
        control={control}
        name={`schema.${index}.tableref_id`}
        render={({ field }) => (
          <Combobox
            options={options}
            value={field.value}
            onValueChange={(next) => {
              field.onChange(next)
              // Without an answer the id is taken for a number; the server refuses what does not fit.
              takeIdType(Number(next)).catch(() => undefined)
            }}
            onBlur={field.onBlur}
            placeholder="Choose a table"
            searchPlaceholder="Search tables"
            emptyText="No table matches."
          />
        )}
      />
    </Field>
  )
}
