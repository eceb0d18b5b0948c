import { Controller, useFormContext } from 'react-hook-form'

import { LONGEST_MONTH, SHORTEST_MONTH, WEEKDAYS } from '#console/lib/weekdays.ts'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { ToggleChips } from '#console/ui/toggle-chips.tsx'

import { FormNumber } from './form-number.tsx'
import type { ScheduleForm } from './schedule-form.ts'
import { useSchedulePreview } from './use-schedule-preview.ts'

export function MinuteField() {
  return <FormNumber name="minute" label="At minute" min={0} max={59} />
}

export function TimeField() {
  const { register, formState } = useFormContext<ScheduleForm>()
  return (
    <Field label="At" className="w-36" error={formState.errors.time?.message}>
      <Input type="time" {...register('time')} className="tabular-nums" />
    </Field>
  )
}

export function WeekdaysField() {
  const { control, formState } = useFormContext<ScheduleForm>()
  return (
    <Controller
      control={control}
      name="weekdays"
      render={({ field }) => (
        <Field label="On" group error={formState.errors.weekdays?.message}>
          <ToggleChips
            aria-label="Days of the week"
            chips={WEEKDAYS}
            value={field.value}
            onValueChange={field.onChange}
          />
        </Field>
      )}
    />
  )
}

export function DayField() {
  return (
    <FormNumber
      name="day"
      label="On day"
      min={1}
      max={LONGEST_MONTH}
      hint={(day) => (day !== null && day > SHORTEST_MONTH ? 'Or the last day' : undefined)}
    />
  )
}

/** An expression; what the server says against it stands here while it is typed. */
export function CronField({ scheduleId }: { scheduleId: number | undefined }) {
  const { register, formState } = useFormContext<ScheduleForm>()
  const { refused, isStale } = useSchedulePreview(scheduleId)
  const said = isStale ? undefined : refused.find(({ field }) => field === 'cron')?.message
  return (
    <Field
      label="Cron expression"
      className="flex-[0_1_16rem]"
      hint="minute, hour, day, month, weekday"
      error={formState.errors.cron?.message ?? said}
    >
      <Input {...register('cron')} mono spellCheck={false} />
    </Field>
  )
}
