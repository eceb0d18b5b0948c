import { zodResolver } from '@hookform/resolvers/zod'
import { FormProvider, useForm } from 'react-hook-form'

import { type Schedule, updateSchedule } from '#api/contract/schedules.ts'
import { plainIssues } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { useTold } from '#console/data/use-told.ts'
import { useMay } from '#console/scopes/use-may.ts'

import { CheckFields } from './schedules/check-fields.tsx'
import { PasswordFields } from './schedules/password-fields.tsx'
import { RetentionFields } from './schedules/retention-fields.tsx'
import { fieldOf, formOf, newScheduleForm, saveOf, ScheduleForm } from './schedules/schedule-form.ts'
import { ScheduleReading } from './schedules/schedule-reading.tsx'
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
  /** `isShown` is false where the page was left before it was saved. */
  onSaved: (schedule: Schedule, isShown: boolean) => void
}

/** A schedule with, beside it, what it will do: its form, or its parts to read for who may not change it. */
export function ScheduleEditor(props: ScheduleEditorProps) {
  const { workspaceId, schedule } = props
  const may = useMay()
  if (schedule !== undefined && !may(updateSchedule, workspaceId)) return <ScheduleReading schedule={schedule} />
  return <EditorForm {...props} />
}

function EditorForm({ workspaceId, schedule, targetId = '', onSaved }: ScheduleEditorProps) {
  const save = useTold(schedules.save(schedule?.id), 'The schedule was not saved')
  const form = useForm({
    resolver: zodResolver(ScheduleForm),
    defaultValues: schedule === undefined ? newScheduleForm(targetId) : formOf(schedule),
  })

  const handleSubmit = form.handleSubmit((values) => {
    save.run(saveOf(values, workspaceId, schedule?.paused ?? false), {
      onSuccess: (saved, isShown) => {
        // What was typed as a password is gone from the form too.
        form.reset(formOf(saved))
        onSaved(saved, isShown)
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
          <WhatFields workspaceId={workspaceId} />
          <WhenFields scheduleId={schedule?.id} />
          <WhereField schedule={schedule} />
          <PasswordFields schedule={schedule} />
          <RetentionFields scheduleId={schedule?.id} />
          <CheckFields />
        </div>
        <ScheduleSummary
          workspaceId={workspaceId}
          schedule={schedule}
          isPending={save.isPending}
          failure={save.failure}
        />
      </form>
    </FormProvider>
  )
}
