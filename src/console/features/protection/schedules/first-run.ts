import type { Schedule } from '#api/contract/schedules.ts'

/** A run now is asked for above the form, and only there: nothing has run yet, and nothing holds it back. */
export function asksForFirstRun({ lastBackup, paused }: Pick<Schedule, 'lastBackup' | 'paused'>): boolean {
  return lastBackup === null && !paused
}
