import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm } from 'react-hook-form'

import { createSchedule, updateSchedule, type Schedule } from '#api/contract/schedules.ts'
import { formFailure, plainIssues } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'

import { CheckFields } from './schedules/check-fields.tsx'
import { PasswordFields } from './schedules/password-fields.tsx'
import { RetentionFields } from './schedules/retention-fields.tsx'
import { fieldOf, formOf, newScheduleForm, saveOf, ScheduleForm } from './schedules/schedule-form.ts'
import { ScheduleSummary } from './schedules/schedule-summary.tsx'
import { WhatFields } from './schedules/what-fields.tsx'
import { WhenFields } from './schedules/when-fields.tsx'
import { WhereField } from './where-field.tsx'

export interface ScheduleEditorProps {
  workspaceId: number
  /** The one that is changed; absent = a new one. */
  schedule?: Schedule | undefined
  /** What a new one is given: id as text, empty = the folder of the instance. */
  targetId?: string | undefined
  onSaved: (schedule: Schedule) => void
}

/** The form of a schedule with, beside it, what it will do. */
export function ScheduleEditor({ workspaceId, schedule, targetId = '', onSaved }: ScheduleEditorProps) {
  const save = useMutation(schedules.save(schedule?.id))
  const saving = { endpoint: schedule === undefined ? createSchedule : updateSchedule, where: workspaceId }
  const canSave = useMay()(saving.endpoint, saving.where)
  const form = useForm({
    resolver: zodResolver(ScheduleForm),
    defaultValues: schedule === undefined ? newScheduleForm(targetId) : formOf(schedule),
  })

  const handleSubmit = form.handleSubmit((values) => {
    if (!canSave) return
    save.mutate(saveOf(values, workspaceId, schedule?.paused ?? false), {
      onSuccess: (saved) => {
        // What was typed as a password is gone from the form; the mutation forgets its own copy.
        form.reset(formOf(saved))
        save.reset()
        onSaved(saved)
      },
      onError: showIssues,
    })
  })
  function showIssues(error: unknown) {
    for (const { param, message } of plainIssues(error)) {
      const field = fieldOf(param)
      if (field !== undefined) form.setError(field, { type: 'server', message }, { shouldFocus: true })
    }
  }

  return (
    <FormProvider {...form}>
      <form
        onSubmit={handleSubmit}
        noValidate
        className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]"
      >
        <div className="flex min-w-0 flex-col gap-5">
          <NoAccess {...saving} />
          <WhatFields workspaceId={workspaceId} />
          <WhenFields scheduleId={schedule?.id} />
          <WhereField schedule={schedule} />
          <PasswordFields schedule={schedule} />
          <RetentionFields scheduleId={schedule?.id} />
          <CheckFields />
        </div>
        <ScheduleSummary
          workspaceId={workspaceId}
          scheduleId={schedule?.id}
          isPending={save.isPending}
          failure={formFailure(save.error, 'The schedule was not saved')}
        />
      </form>
    </FormProvider>
  )
}
