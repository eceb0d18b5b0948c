import { Controller, useFormContext } from 'react-hook-form'

import type { Column } from '#api/contract/columns.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Field } from '#console/ui/field.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { columnKind, typeWords } from './column-kind.ts'
import type { RowForm } from './row-form.ts'
import { RowInputControl } from './row-input-control.tsx'
import type { FieldInput } from './row-input.ts'

export interface RowFieldProps {
  column: Column
  /** Its place in the form. */
  index: number
  isNew: boolean
  workspaceId: number
}

/** One column of the row: its name and type, its input, and null where that is taken. */
export function RowField({ column, index, isNew, workspaceId }: RowFieldProps) {
  const { control, formState } = useFormContext<RowForm>()
  return (
    <Controller
      control={control}
      name={`fields.${index}`}
      render={({ field }) => (
        <div className="relative">
          <Field
            group={columnKind(column) === 'bool'}
            label={
              <>
                <code>{column.name}</code> <span className="font-normal text-muted">{typeWords(column)}</span>
              </>
            }
            hint={<FieldHint {...{ column, isNew, workspaceId }} />}
            error={formState.errors.fields?.[index]?.text?.message}
          >
            <RowInputControl
              column={column}
              isNew={isNew}
              isFirst={index === 0}
              input={field.value}
              onInputChange={field.onChange}
              onBlur={field.onBlur}
              focusRef={field.ref}
            />
          </Field>
          {column.nullable && <NullBox column={column} input={field.value} onInputChange={field.onChange} />}
        </div>
      )}
    />
  )
}

interface NullBoxProps {
  column: Column
  input: FieldInput
  onInputChange: (input: FieldInput) => void
}

function NullBox({ column, input, onInputChange }: NullBoxProps) {
  return (
    <Checkbox
      className="absolute top-0 right-0"
      label={
        <span className="text-sm text-muted">
          null<span className="sr-only"> in {column.name}</span>
        </span>
      }
      checked={input.isNull}
      onCheckedChange={(isNull) => onInputChange({ ...input, isNull })}
    />
  )
}

function FieldHint({ column, isNew, workspaceId }: Omit<RowFieldProps, 'index'>) {
  if (column.type === 'password')
    return isNew ? 'Kept as a hash; nobody can read it back.' : 'Never shown. Left empty it stays as it is.'
  if (column.tableref_id) {
    return (
      <>
        Id of a row in <TextLink to={`/w/${workspaceId}/tables/${column.tableref_id}`}>the table it refers to</TextLink>
      </>
    )
  }
  if (column.type === 'timestamp') return 'In your local time.'
  const hasDefault = column.default !== undefined && column.default !== null && column.default !== ''
  return isNew && hasDefault ? `Left empty it becomes ${String(column.default)}.` : undefined
}
