import { zodResolver } from '@hookform/resolvers/zod'
import { useMemo } from 'react'
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'
import { z } from 'zod'

import type { Column } from '#api/contract/columns.ts'
import { Button } from '#console/ui/button.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'
import { Select } from '#console/ui/select.tsx'

import { columnKind, typeWords } from './column-kind.ts'
import { FilterValueField } from './filter-value-field.tsx'
import { filterProblem, needsValue, OPERATORS, operatorsFor, operatorWords, type RowFilter } from './row-search.ts'

export interface FilterFormProps {
  columns: readonly Column[]
  start?: RowFilter | undefined
  submitLabel: string
  onSubmit: (filter: RowFilter) => void
}

function filterSchema(columns: readonly Column[]) {
  return z
    .object({ column: z.string(), operator: z.enum(OPERATORS), value: z.string() })
    .superRefine((filter, context) => {
      const column = columns.find(({ name }) => name === filter.column)
      const problem = column === undefined ? undefined : filterProblem(filter, column)
      if (column === undefined) context.addIssue({ code: 'custom', path: ['column'], message: 'Choose a column' })
      if (problem !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: problem })
    })
}

/** One condition: a column, what is asked of it, and the value. */
export function FilterForm({ columns, start, submitLabel, onSubmit }: FilterFormProps) {
  const askable = useMemo(() => columns.filter((column) => operatorsFor(column).length > 0), [columns])
  const schema = useMemo(() => filterSchema(askable), [askable])
  const form = useForm({ resolver: zodResolver(schema), defaultValues: start ?? startOf(askable) })
  const [name, operator] = useWatch({ control: form.control, name: ['column', 'operator'] })
  const column = askable.find((candidate) => candidate.name === name)

  function chooseColumn(next: string) {
    const chosen = askable.find((candidate) => candidate.name === next)
    if (chosen === undefined) return
    const isSameKind = column !== undefined && columnKind(column) === columnKind(chosen) && chosen.type !== 'enum'
    form.setValue('column', next)
    if (isSameKind) return
    form.setValue('operator', operatorsFor(chosen)[0] ?? '=')
    form.setValue('value', '')
    form.clearErrors()
  }

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(onSubmit)} className="flex flex-col gap-3">
        <Field label="Column" error={form.formState.errors.column?.message}>
          <Combobox
            options={askable.map((candidate) => ({
              value: candidate.name,
              label: candidate.name,
              description: typeWords(candidate),
            }))}
            value={name}
            onValueChange={chooseColumn}
            searchPlaceholder="Search columns"
            emptyText="No column matches."
          />
        </Field>
        <OperatorField column={column} />
        {column !== undefined && needsValue(operator) && <FilterValueField column={column} />}
        <Button type="submit" variant="primary" className="self-end">
          {submitLabel}
        </Button>
      </form>
    </FormProvider>
  )
}

function startOf(columns: readonly Column[]): RowFilter {
  const first = columns.find(({ type }) => type === 'text') ?? columns[0]
  return { column: first?.name ?? '', operator: (first && operatorsFor(first)[0]) ?? '=', value: '' }
}

function OperatorField({ column }: { column: Column | undefined }) {
  const { control, setValue } = useFormContext<RowFilter>()
  const operator = useWatch({ control, name: 'operator' })
  const options = (column ? operatorsFor(column) : []).map((value) => ({ value, label: operatorWords(value, column) }))
  return (
    <Field label="Condition">
      <Select options={options} value={operator} onValueChange={(next) => setValue('operator', next)} />
    </Field>
  )
}
