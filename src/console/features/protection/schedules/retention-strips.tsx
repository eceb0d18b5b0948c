import { Callout } from '#console/ui/callout.tsx'

import { RetentionStrip } from './retention-strip.tsx'
import { splitStrip, stripSentence } from './strip-words.ts'
import { useSchedulePreview } from './use-schedule-preview.ts'

/** What the rules of the form keep after a long time, and what becomes of the backups that are there. */
export function RetentionStrips({ scheduleId }: { scheduleId: number | undefined }) {
  const { answer, retention } = useSchedulePreview(scheduleId)
  const { coming, present } = splitStrip(answer.data?.strip ?? [])
  const goes = present.filter(({ keptAs }) => keptAs.length === 0).length
  return (
    <>
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
    </>
  )
}
