import type { BackupStatus } from '#api/contract/backups.ts'
import type { Schedule } from '#api/contract/schedules.ts'
import type { Tone } from '#console/ui/badge.tsx'

/** What became of a run. */
export const RUN_WORDS: Record<BackupStatus, { words: string; tone: Tone }> = {
  queued: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Running', tone: 'info' },
  succeeded: { words: 'Succeeded', tone: 'success' },
  warnings: { words: 'With warnings', tone: 'warning' },
  looks_wrong: { words: 'Looks wrong', tone: 'danger' },
  failed: { words: 'Failed', tone: 'danger' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
}

/** Address of the recovery sheet of its newest run; nothing while that left no good archive. */
export function sheetPath({
  workspaceId,
  lastBackup,
}: Pick<Schedule, 'workspaceId' | 'lastBackup'>): string | undefined {
  if (lastBackup === null || !['succeeded', 'warnings'].includes(lastBackup.status)) return undefined
  return `/w/${workspaceId}/backups/${lastBackup.id}/recovery-sheet`
}
