import type { BackupStatus } from '#api/contract/backups.ts'

export type StatusTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export interface StatusWords {
  words: string
  tone: StatusTone
}

/** What became of a run, or where it stands. */
export const STATUS_WORDS: Record<BackupStatus, StatusWords> = {
  queued: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Running', tone: 'info' },
  succeeded: { words: 'Succeeded', tone: 'success' },
  warnings: { words: 'With warnings', tone: 'warning' },
  looks_wrong: { words: 'Looks wrong', tone: 'danger' },
  failed: { words: 'Failed', tone: 'danger' },
  cancelled: { words: 'Cancelled', tone: 'neutral' },
}
