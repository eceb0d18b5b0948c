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

/** Not a type of its own: an `int` or a `uuid` that is the id of a row elsewhere. */
const REFERENCE = 'reference'

const options = [
  {
    value: REFERENCE,
    label: 'reference',
    description: 'Id of a row in another table',
    keywords: 'relation foreign key',
  },
  ...COLUMN_TYPES.map((type) => ({ value: type, label: type, description: TYPE_HINTS[type] })),
]

export function ColumnTypeField({ index }: { index: number }) {
  const { control, setValue, formState } = useFormContext<TableForm>()
  const [type, isReference] = useWatch({ control, name: [`schema.${index}.type`, `schema.${index}.isReference`] })

  function handleChange(next: string) {
    const how = { shouldDirty: true, shouldValidate: formState.isSubmitted }
    setValue(`schema.${index}.isReference`, next === REFERENCE, how)
    // The table that is chosen next decides between int and uuid.
    setValue(`schema.${index}.type`, next === REFERENCE ? 'int' : ColumnType.parse(next), how)
    setValue(`schema.${index}.tableref_id`, '', how)
  }

  return (
    <Field label="Type" error={formState.errors.schema?.[index]?.type?.message}>
      <Combobox
        options={options}
        value={isReference ? REFERENCE : type}
        onValueChange={handleChange}
        searchPlaceholder="Search types"
        emptyText="No type matches."
      />
    </Field>
  )
}
