import { X } from 'lucide-react'
import { useFormContext, useWatch } from 'react-hook-form'

import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Input } from '#console/ui/input.tsx'

import { ColumnFlags } from './column-flags.tsx'
import type { TableForm } from './column-form.ts'
import { ColumnTypeDetail } from './column-type-detail.tsx'
import { ColumnTypeField } from './column-type-field.tsx'

export interface ColumnEditorProps {
  /** Its place in the form's `schema`. */
  index: number
  workspaceId: number
  /** The table's key: its name stands, its type is a number or a uuid. */
  isKey?: boolean | undefined
  onRemove?: (() => void) | undefined
}

/** One column: name, type, default, and what its type asks for besides. */
export function ColumnEditor({ index, workspaceId, isKey = false, onRemove }: ColumnEditorProps) {
  const { control, register, formState } = useFormContext<TableForm>()
  const errors = formState.errors.schema?.[index]
  const name = useWatch({ control, name: `schema.${index}.name` })
  if (isKey) return <KeyColumn index={index} />

  return (
    <fieldset
      aria-label={name === '' ? `Column ${index + 1}` : `Column ${name}`}
      className="@container flex min-w-0 items-start gap-2"
    >
      <div className="grid min-w-0 flex-1 gap-x-3 gap-y-2 @lg:grid-cols-[minmax(0,1fr)_13rem_minmax(0,1fr)]">
        <Field label="Name" error={errors?.name?.message}>
          <Input {...register(`schema.${index}.name`)} mono spellCheck={false} />
        </Field>
        <ColumnTypeField index={index} />
        <Field label="Default" optional error={errors?.default?.message}>
          <Input {...register(`schema.${index}.default`)} mono spellCheck={false} />
        </Field>
        <ColumnTypeDetail index={index} workspaceId={workspaceId} />
        <ColumnFlags index={index} />
      </div>
      {onRemove && (
        <IconButton
          label={name === '' ? 'Remove column' : `Remove column ${name}`}
          onClick={onRemove}
          className="mt-6.5"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </fieldset>
  )
}

const keyTypes = [
  { value: 'int', label: 'int, counted up' },
  { value: 'uuid', label: 'uuid, random' },
] as const

function KeyColumn({ index }: { index: number }) {
  const { control, setValue, formState } = useFormContext<TableForm>()
  const type = useWatch({ control, name: `schema.${index}.type` })
  const error = formState.errors.schema?.[index]?.type?.message ?? formState.errors.schema?.[index]?.name?.message
  return (
    <Field
      label={
        <>
          <code>id</code> <span className="font-normal text-muted">is the key of every row, given by the server</span>
        </>
      }
      error={error}
      group
    >
      <ChoiceChips
        choices={keyTypes}
        value={type === 'uuid' ? 'uuid' : 'int'}
        onValueChange={(next) => setValue(`schema.${index}.type`, next, { shouldDirty: true })}
      />
    </Field>
  )
}
