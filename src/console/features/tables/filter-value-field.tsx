import { Controller, useFormContext, useWatch } from 'react-hook-form'

import type { Column } from '#api/contract/columns.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { MultiCombobox } from '#console/ui/multi-combobox.tsx'
import { Select } from '#console/ui/select.tsx'

import { columnKind } from './column-kind.ts'
import type { RowFilter } from './row-search.ts'

const inputTypes = { moment: 'datetime-local', day: 'date' } as const
const booleans = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
]

/** The value to compare with, in the column's own input. */
export function FilterValueField({ column }: { column: Column }) {
  const { control, formState } = useFormContext<RowFilter>()
  const operator = useWatch({ control, name: 'operator' })
  const isList = operator === 'in' || operator === 'not in'
  const isChips = columnKind(column) === 'bool'
  return (
    <Field
      label={isList ? 'Values' : 'Value'}
      hint={isList && column.type !== 'enum' ? 'Separated by commas.' : undefined}
      error={formState.errors.value?.message}
      group={isChips}
    >
      <ValueControl column={column} isList={isList} />
    </Field>
  )
}

function ValueControl({ column, isList }: { column: Column; isList: boolean }) {
  const { control, register } = useFormContext<RowFilter>()
  const kind = columnKind(column)
  const values = (column.values ?? []).map((value) => ({ value, label: value }))
  if (kind === 'bool') {
    return (
      <Controller
        control={control}
        name="value"
        render={({ field }) => <ChoiceChips choices={booleans} value={field.value} onValueChange={field.onChange} />}
      />
    )
  }
  if (kind === 'choice' && isList) {
    return (
      <Controller
        control={control}
        name="value"
        render={({ field }) => (
          <MultiCombobox
            options={values}
            value={field.value.split(',').filter(Boolean)}
            onValueChange={(next) => field.onChange(next.join(','))}
          />
        )}
      />
    )
  }
  if (kind === 'choice') {
    return (
      <Controller
        control={control}
        name="value"
        render={({ field }) => <Select options={values} value={field.value || null} onValueChange={field.onChange} />}
      />
    )
  }
  const isTime = kind === 'moment' || kind === 'day'
  return (
    <Input
      {...register('value')}
      type={isTime ? inputTypes[kind] : 'text'}
      step={kind === 'moment' ? 1 : undefined}
      spellCheck={false}
      mono={column.type === 'uuid'}
    />
  )
}
