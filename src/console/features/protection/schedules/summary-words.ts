import type { Schedule } from '#api/contract/schedules.ts'

import type { ScheduleForm } from './schedule-form.ts'

const CONTENTS: Record<ScheduleForm['contents'], string> = {
  everything: 'everything',
  without_files: 'everything but stored files',
  definition: 'the definition, without rows,',
}

export interface SummaryInput {
  contents: ScheduleForm['contents']
  encryption: ScheduleForm['encryption']
  workspaceName: string
  targetName: string
  /** `every day at 02:00 (Europe/Berlin)` */
  timing: string
  /** It pauses: nothing of it happens until it is resumed. */
  paused: boolean
}

/** `Backs up everything of Shop every day at 02:00 (Europe/Berlin), encrypted, to Off-site.` */
export function summarySentence({
  contents,
  encryption,
  workspaceName,
  targetName,
  timing,
  paused,
}: SummaryInput): string {
  const protectedBy = encryption === 'none' ? 'not encrypted' : 'encrypted'
  const head = paused ? 'Once resumed, it backs up' : 'Backs up'
  return `${head} ${CONTENTS[contents]} of ${workspaceName} ${timing}, ${protectedBy}, to ${targetName}.`
}

/** Heads the list of next runs: `Next runs, in UTC`. */
export function runsLabel(timeZone: string, paused: boolean): string {
  return paused ? `Next runs if it is resumed now, in ${timeZone}` : `Next runs, in ${timeZone}`
}

/** What a press on the form's button does; `isNeeded` is false where it would change nothing. */
export function saveWords(
  schedule: Pick<Schedule, 'token'> | undefined,
  isDirty: boolean,
): { words: string; isNeeded: boolean } {
  if (schedule === undefined) return { words: 'Create schedule', isNeeded: true }
  if (isDirty) return { words: 'Save schedule', isNeeded: true }
  // Saved as it is, it runs with the rights of whoever saves it, and no longer ends with the token.
  return schedule.token === null
    ? { words: 'No changes', isNeeded: false }
    : { words: 'Save with your rights', isNeeded: true }
}
