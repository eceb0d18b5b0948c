import { Controller, type FieldPathByValue, useFormContext } from 'react-hook-form'

import { Field } from '#console/ui/field.tsx'
import { NumberInput } from '#console/ui/number-input.tsx'

import type { ScheduleForm } from './schedule-form.ts'

export interface FormNumberProps {
  name: FieldPathByValue<ScheduleForm, number | null>
  label: string
  min: number
  max: number
  unit?: string | undefined
  hint?: string | ((value: number | null) => string | undefined) | undefined
  disabled?: boolean | undefined
  /** Keeps the label for assistive technology only. */
  hideLabel?: boolean | undefined
}

/** A number of the schedule's form, as wide as it needs to be. */
export function FormNumber({ name, label, hint, hideLabel, ...rest }: FormNumberProps) {
  const { control } = useFormContext<ScheduleForm>()
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field
          label={label}
          hideLabel={hideLabel}
          hint={typeof hint === 'function' ? hint(field.value) : hint}
          error={fieldState.error?.message}
        >
          <NumberInput
            {...rest}
            value={field.value}
            onValueChange={(value) => field.onChange(value)}
            onBlur={field.onBlur}
            ref={field.ref}
            className="w-28"
          />
        </Field>
      )}
    />
  )
}
