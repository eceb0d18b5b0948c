import { Controller, useFormContext } from 'react-hook-form'

import { Field } from '#console/ui/field.tsx'
import { NumberInput } from '#console/ui/number-input.tsx'
import { Select } from '#console/ui/select.tsx'

import { LIFE_UNITS } from './life-amount.ts'
import type { PolicyForm } from './policy-form.ts'

export interface LifeFieldProps {
  name: 'longest' | 'usual'
  label: string
  hint: string
}

const units = LIFE_UNITS.map((value) => ({ value, label: value }))

/** A length of time: a number and its unit. */
export function LifeField({ name, label, hint }: LifeFieldProps) {
  const { control, trigger } = useFormContext<PolicyForm>()
  return (
    <div className="flex items-start gap-2">
      <Controller
        control={control}
        name={`${name}.count`}
        render={({ field, fieldState }) => (
          <Field label={label} hint={hint} error={fieldState.error?.message} className="w-56 max-w-full">
            <NumberInput
              value={field.value}
              onValueChange={(value) => {
                field.onChange(value)
                // The one length limits the other, whose error stands beside it.
                void trigger()
              }}
              onBlur={field.onBlur}
              ref={field.ref}
              min={1}
            />
          </Field>
        )}
      />
      <Controller
        control={control}
        name={`${name}.unit`}
        render={({ field }) => (
          <div className="mt-6.5 w-28 shrink-0">
            <Select
              aria-label={`${label}: unit`}
              options={units}
              value={field.value}
              onValueChange={(unit) => {
                field.onChange(unit)
                void trigger()
              }}
            />
          </div>
        )}
      />
    </div>
  )
}
