import { Callout } from '#console/ui/callout.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { FormNumber } from './form-number.tsx'
import { RetentionStrip } from './retention-strip.tsx'
import { splitStrip, stripSentence } from './strip-words.ts'
import { useSchedulePreview } from './use-schedule-preview.ts'

/** How many backups stay, with the strip of what stays and what goes. */
export function RetentionFields({ scheduleId }: { scheduleId: number | undefined }) {
  const { answer, retention } = useSchedulePreview(scheduleId)
  const { coming, present } = splitStrip(answer.data?.strip ?? [])
  const goes = present.filter(({ keptAs }) => keptAs.length === 0).length
  return (
    <FormSection
      title="What stays, and what goes"
      description="A backup stays as long as one rule keeps it. The last good one, pinned ones and safety backups always stay."
    >
      <div className="grid w-fit grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        <FormNumber name="last" label="Last" min={0} max={1_000} />
        <FormNumber name="daily" label="Daily" min={0} max={1_000} />
        <FormNumber name="weekly" label="Weekly" min={0} max={1_000} />
        <FormNumber name="monthly" label="Monthly" min={0} max={1_000} />
      </div>
      <RetentionStrip
        title="After a long time of good runs"
        items={coming}
        kind="coming"
        sentence={retention === undefined ? '' : stripSentence(coming, retention)}
      />
      {present.length > 0 && <RetentionStrip title="What lies there now" items={present} kind="present" />}
      {goes > 0 && (
        <Callout tone="warning">
          With these rules {goes === 1 ? '1 backup that lies there now goes' : `${goes} backups that lie there now go`}{' '}
          after the next good run.
        </Callout>
      )}
    </FormSection>
  )
}
