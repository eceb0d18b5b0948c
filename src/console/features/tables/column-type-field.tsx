import { useFormContext, useWatch } from 'react-hook-form'

import { COLUMN_TYPES, ColumnType } from '#api/contract/columns.ts'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'

import type { TableForm } from './column-form.ts'

const TYPE_HINTS: Record<ColumnType, string> = {
  int: 'Whole number',
  decimal: 'Number with decimals',
  text: 'Text of any length',
  bool: 'True or false',
  email: 'E-mail address',
  password: 'Kept as a hash, never read back',
  uuid: 'Unique id',
  timestamp: 'Date and time',
  date: 'Day without a time',
  json: 'Any JSON value',
  enum: 'One of a few values',
  object: 'JSON object',
  vector: 'List of numbers for similarity search',
  image: 'Stored image',
  video: 'Stored video',
  audio: 'Stored sound',
  attachment: 'Stored file',
  geo_point: 'Point on the map',
  geo_multipoint: 'Points on the map',
  geo_linestring: 'Line on the map',
  geo_multilinestring: 'Lines on the map',
  geo_polygon: 'Area on the map',
  geo_multipolygon: 'Areas on the map',
}

const options = COLUMN_TYPES.map((type) => ({ value: type, label: type, description: TYPE_HINTS[type] }))

export function ColumnTypeField({ index }: { index: number }) {
  const { control, setValue, formState } = useFormContext<TableForm>()
  const type = useWatch({ control, name: `schema.${index}.type` })

  function handleChange(next: string) {
    setValue(`schema.${index}.type`, ColumnType.parse(next), {
      shouldDirty: true,
      shouldValidate: formState.isSubmitted,
    })
  }

  return (
    <Field label="Type" error={formState.errors.schema?.[index]?.type?.message}>
      <Combobox
        options={options}
        value={type}
        onValueChange={handleChange}
        searchPlaceholder="Search types"
        emptyText="No type matches."
      />
    </Field>
  )
}
