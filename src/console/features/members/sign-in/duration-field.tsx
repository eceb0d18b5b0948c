import { Field } from '#console/ui/field.tsx'
import { NumberInput } from '#console/ui/number-input.tsx'
import { Select } from '#console/ui/select.tsx'

import { DURATION_UNITS, type Duration, unitWord } from './duration.ts'

interface DurationFieldProps {
  label: string
  value: Duration
  onChange: (value: Duration) => void
  error: string | undefined
}

/** A number and its unit. */
export function DurationField({ label, value, onChange, error }: DurationFieldProps) {
  return (
    <div className="flex items-start gap-2">
      <Field label={label} error={error} className="flex-1">
        <NumberInput
          min={1}
          max={100_000}
          value={value.count}
          onValueChange={(count) => onChange({ ...value, count })}
        />
      </Field>
      <Select
        aria-label={`${label}: unit`}
        className="mt-6.25 w-28! shrink-0"
        options={DURATION_UNITS.map((unit) => ({ value: unit, label: unitWord(unit, value.count) }))}
        value={value.unit}
        onValueChange={(unit) => onChange({ ...value, unit })}
      />
    </div>
  )
}
