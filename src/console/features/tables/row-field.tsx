import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'

import type { Column } from '#api/contract/columns.ts'
import { tables } from '#console/data/tables.ts'
import { cx } from '#console/lib/cx.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Field } from '#console/ui/field.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { columnKind, type ColumnKind, typeWords } from './column-kind.ts'
import { defaultText } from './row-changes.ts'
import type { RowForm } from './row-form.ts'
import { RowInputControl } from './row-input-control.tsx'
import type { FieldInput } from './row-input.ts'
import { RowReadOnly } from './row-read-only.tsx'

export interface RowFieldProps {
  column: Column
  /** Its place in the form. */
  index: number
  isNew: boolean
  /** Its value is there to be read: it can be selected and copied, and stays as it is. */
  isReadOnly: boolean
  workspaceId: number
}

/** One column of the row: its name and type, its input, and null where that is taken. */
export function RowField({ column, index, isNew, isReadOnly, workspaceId }: RowFieldProps) {
  const { control, formState } = useFormContext<RowForm>()
  return (
    <Controller
      control={control}
      name={`fields.${index}`}
      render={({ field }) => (
        <div className="relative">
          <Field
            group={columnKind(column) === 'bool' && !isReadOnly}
            label={
              <span className={cx('block wrap-anywhere', column.nullable && !isReadOnly && 'pr-14')}>
                <code>{column.name}</code>{' '}
                <span className="font-normal text-muted">
                  {typeWords(column)}
                  {column.required && ' · required'}
                </span>
              </span>
            }
            hint={<FieldHint {...{ column, isNew, isReadOnly, workspaceId }} />}
            error={formState.errors.fields?.[index]?.text?.message}
          >
            {isReadOnly ? (
              <RowReadOnly column={column} input={field.value} focusRef={field.ref} />
            ) : (
              <RowInputControl
                column={column}
                isNew={isNew}
                input={field.value}
                onInputChange={field.onChange}
                onBlur={field.onBlur}
                focusRef={field.ref}
              />
            )}
          </Field>
          {column.nullable && !isReadOnly && (
            <NullBox column={column} input={field.value} onInputChange={field.onChange} />
          )}
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

function FieldHint({ column, isNew, isReadOnly, workspaceId }: Omit<RowFieldProps, 'index'>) {
  if (column.type === 'password' && isReadOnly) return undefined
  if (column.type === 'password')
    return isNew ? 'Kept as a hash; nobody can read it back.' : 'Never shown. Left empty it stays as it is.'
  if (column.tableref_id) return <ReferenceHint workspaceId={workspaceId} tableId={column.tableref_id} />
  const text = isNew ? defaultText(column) : undefined
  // The browser shows no placeholder in an input for dates.
  const left = text !== undefined && DATED.has(columnKind(column)) ? `Left empty it becomes ${text}.` : undefined
  return [column.type === 'timestamp' && 'In your local time.', left].filter(Boolean).join(' ') || undefined
}

const DATED = new Set<ColumnKind>(['moment', 'day', 'bool'])

function ReferenceHint({ workspaceId, tableId }: { workspaceId: number; tableId: number }) {
  const list = useQuery(tables.all(workspaceId))
  const name = list.data?.items.find(({ id }) => id === tableId)?.name
  return (
    <>
      Id of a row in <TextLink to={`/w/${workspaceId}/tables/${tableId}`}>{name ?? 'the table it refers to'}</TextLink>
    </>
  )
}
