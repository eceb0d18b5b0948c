import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'

import { plainIssues } from '#console/data/form-failure.ts'
import { type SchedulePreviewInput, schedules } from '#console/data/schedules.ts'
import { useDebouncedValue } from '#console/lib/use-debounced-value.ts'

import { fieldOf, retentionOf, type ScheduleForm, timingOf } from './schedule-form.ts'

/**
 * What the fields mean, as the server says, a moment after the last change; the last answer stays while they mean
 * nothing. `refused` is what the server says against one of them.
 */
export function useSchedulePreview(scheduleId: number | undefined) {
  const { control } = useFormContext<ScheduleForm>()
  const form = useWatch({ control, compute: previewFields })
  const timing = timingOf(form)
  const retention = retentionOf(form)
  const input: SchedulePreviewInput | null =
    timing && retention ? { timing, timeZone: form.timeZone, retention, scheduleId: scheduleId ?? null } : null
  // As text: an object is another one at each keystroke, and would never stand still.
  const settled = useDebouncedValue(JSON.stringify(input), 200)
  const asked = JSON.parse(settled) as SchedulePreviewInput | null
  const answer = useQuery({ ...schedules.preview(asked ?? NOTHING), enabled: asked !== null })
  const refused = plainIssues(answer.error).map(({ param, message }) => ({ field: fieldOf(param), message }))
  return { answer, retention, refused, isStale: input === null || settled !== JSON.stringify(input) }
}

const NOTHING: SchedulePreviewInput = { timing: { kind: 'daily', time: '00:00' } }

function previewFields(form: ScheduleForm) {
  const { kind, minute, time, weekdays, day, cron, timeZone, last, daily, weekly, monthly } = form
  return { kind, minute, time, weekdays, day, cron, timeZone, last, daily, weekly, monthly }
}
