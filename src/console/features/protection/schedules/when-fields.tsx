import { useMemo } from 'react'
import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { FormNumber } from './form-number.tsx'
import { hasTime } from './schedule-faults.ts'
import type { ScheduleForm } from './schedule-form.ts'
import { offsetOf, ownTimeZone, timeZoneOptions } from './time-zones.ts'
import { CronField, DayField, MinuteField, TimeField, WeekdaysField } from './timing-fields.tsx'

const KINDS = [
  { value: 'hourly', label: 'Hourly' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
  { value: 'cron', label: 'Cron' },
] as const

/** When it runs, with the time zone beside the time. */
export function WhenFields({ scheduleId }: { scheduleId: number | undefined }) {
  const { control } = useFormContext<ScheduleForm>()
  const kind = useWatch({ control, name: 'kind' })
  return (
    <FormSection title="When">
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <ChoiceChips aria-label="How often" choices={KINDS} value={field.value} onValueChange={field.onChange} />
        )}
      />
      {kind === 'weekly' && <WeekdaysField />}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        {kind === 'hourly' && <MinuteField />}
        {kind === 'monthly' && <DayField />}
        {hasTime(kind) && <TimeField />}
        {kind === 'cron' && <CronField scheduleId={scheduleId} />}
        <TimeZoneField />
      </div>
      <Controller
        control={control}
        name="runMissed"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label="Make up for a missed run"
            description="Where the server was off at the time, it runs once as soon as it is back."
          />
        )}
      />
      <FormNumber
        name="jitterSeconds"
        label="Start later, at random, by up to"
        unit="s"
        min={0}
        max={3_600}
        hint="0 = exactly on time. For when many schedules would start in the same second."
      />
    </FormSection>
  )
}

function TimeZoneField() {
  const { control, formState } = useFormContext<ScheduleForm>()
  const timeZone = useWatch({ control, name: 'timeZone' })
  const options = useMemo(() => timeZoneOptions([ownTimeZone(), timeZone]), [timeZone])
  return (
    <Controller
      control={control}
      name="timeZone"
      render={({ field }) => (
        <Field
          label="Time zone"
          className="flex-[0_1_18rem]"
          hint={`Now ${offsetOf(field.value, new Date())}; it follows the clocks there.`}
          error={formState.errors.timeZone?.message}
        >
          <Combobox
            options={options}
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            searchPlaceholder="City or zone"
            emptyText="No such time zone."
          />
        </Field>
      )}
    />
  )
}
