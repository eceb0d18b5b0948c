import type { ScheduleForm } from './schedule-form.ts'

/** What of a workspace goes into its archives, as it is chosen. */
export const CONTENTS = [
  { value: 'everything', label: 'Everything' },
  { value: 'without_files', label: 'Without stored files' },
  { value: 'definition', label: 'Definition only' },
] as const satisfies readonly { value: ScheduleForm['contents']; label: string }[]

/** What each choice holds. */
export const CONTENTS_HINTS: Record<ScheduleForm['contents'], string> = {
  everything: 'Tables with their rows, API groups and logic, stored files.',
  without_files: 'Tables with their rows, API groups and logic.',
  definition: 'No rows and no files: a restore brings back empty tables, so it does not count as protection.',
}
