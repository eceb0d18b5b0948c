import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { FormNumber } from './form-number.tsx'
import type { ScheduleForm } from './schedule-form.ts'

/** How often what was written is proven again. */
export function CheckFields() {
  return (
    <FormSection
      title="Checks"
      description="Every archive is read back right after writing. Later, on the newest good one:"
    >
      <CheckField
        on="verifies"
        days="verifyDays"
        label="Read it back again"
        description="Finds what the store has lost or changed since."
      />
      <CheckField
        on="drills"
        days="drillDays"
        label="Rehearse a restore"
        description="Restores into a scratch workspace, counts everything, takes it away again, and tells how long a real restore takes."
      />
    </FormSection>
  )
}

interface CheckFieldProps {
  on: 'verifies' | 'drills'
  days: 'verifyDays' | 'drillDays'
  label: string
  description: string
}

function CheckField({ on, days, label, description }: CheckFieldProps) {
  const { control } = useFormContext<ScheduleForm>()
  const isOn = useWatch({ control, name: on })
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <Controller
        control={control}
        name={on}
        render={({ field }) => (
          <Checkbox
            className="flex-[1_1_18rem]"
            checked={field.value}
            onCheckedChange={field.onChange}
            label={label}
            description={description}
          />
        )}
      />
      <div className="flex items-start gap-2">
        <span aria-hidden className="pt-1.5 text-sm text-muted">
          every
        </span>
        <FormNumber name={days} label={`${label}: every`} hideLabel unit="days" min={1} max={365} disabled={!isOn} />
      </div>
    </div>
  )
}
