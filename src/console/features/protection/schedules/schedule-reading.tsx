import { FormProvider, useForm } from 'react-hook-form'

import { type Schedule, updateSchedule } from '#api/contract/schedules.ts'
import { NoAccess } from '#console/scopes/no-access.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { SheetNote } from './password-fields.tsx'
import { checkFacts, RETENTION_TEXT, retentionFacts, whatFacts, whenFacts, whereFacts } from './reading-words.ts'
import { RetentionStrips } from './retention-strips.tsx'
import { formOf } from './schedule-form.ts'
import { ScheduleSummary } from './schedule-summary.tsx'
import { useSchedulePreview } from './use-schedule-preview.ts'

/** A schedule for who may not change it: the same parts in the same order as the form, as text, and why. */
export function ScheduleReading({ schedule }: { schedule: Schedule }) {
  const { workspaceId } = schedule
  // What is told beside it is worked out from a form; this one follows the schedule, and nobody types in it.
  const form = useForm({ values: formOf(schedule) })
  return (
    <FormProvider {...form}>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,45rem)_minmax(20rem,28rem)]">
        <div className="flex min-w-0 flex-col gap-5">
          <NoAccess endpoint={updateSchedule} where={workspaceId} />
          <ScheduleFacts schedule={schedule} />
        </div>
        <ScheduleSummary workspaceId={workspaceId} schedule={schedule} isPending={false} failure={undefined} />
      </div>
    </FormProvider>
  )
}

function ScheduleFacts({ schedule }: { schedule: Schedule }) {
  const { answer } = useSchedulePreview(schedule.id)
  return (
    <>
      <FormSection title="What">
        <DescriptionList items={whatFacts(schedule)} />
      </FormSection>
      <FormSection title="When">
        <DescriptionList items={whenFacts(schedule, answer.data?.words)} />
      </FormSection>
      <FormSection title="Where">
        <DescriptionList items={whereFacts(schedule)} />
        {schedule.encrypted && <SheetNote schedule={schedule} />}
      </FormSection>
      <FormSection {...RETENTION_TEXT}>
        <DescriptionList items={retentionFacts(schedule)} />
        <RetentionStrips scheduleId={schedule.id} />
      </FormSection>
      <FormSection title="Checks" description="Every archive is read back right after writing.">
        <DescriptionList items={checkFacts(schedule)} />
      </FormSection>
    </>
  )
}
