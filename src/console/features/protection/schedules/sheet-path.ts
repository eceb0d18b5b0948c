import type { Schedule } from '#api/contract/schedules.ts'

/** Address of the recovery sheet of its newest run; nothing while that left no good archive. */
export function sheetPath({
  workspaceId,
  lastBackup,
}: Pick<Schedule, 'workspaceId' | 'lastBackup'>): string | undefined {
  if (lastBackup === null || !['succeeded', 'warnings'].includes(lastBackup.status)) return undefined
  return `/w/${workspaceId}/backups/${lastBackup.id}/recovery-sheet`
}
