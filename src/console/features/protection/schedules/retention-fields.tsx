import { FormSection } from '#console/ui/form-section.tsx'

import { FormNumber } from './form-number.tsx'
import { RETENTION_TEXT } from './reading-words.ts'
import { RetentionStrips } from './retention-strips.tsx'

/** How many backups stay, with the strip of what stays and what goes. */
export function RetentionFields({ scheduleId }: { scheduleId: number | undefined }) {
  return (
    <FormSection {...RETENTION_TEXT}>
      <div className="grid w-fit grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        <FormNumber name="last" label="Last" min={0} max={1_000} />
        <FormNumber name="daily" label="Daily" min={0} max={1_000} />
        <FormNumber name="weekly" label="Weekly" min={0} max={1_000} />
        <FormNumber name="monthly" label="Monthly" min={0} max={1_000} />
      </div>
      <RetentionStrips scheduleId={scheduleId} />
    </FormSection>
  )
}
