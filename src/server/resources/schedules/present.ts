import type { Schedule } from '#api/contract/schedules.ts'

import type { Db } from '../../db/connection.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'
import { refusalFinder } from './find-refusal.ts'
import { comingRuns } from './next-runs.ts'
import type { ScheduleRow } from './store.ts'

/** After this long nobody may know the password any more. */
export const PASSWORD_PROVEN_FOR_MS = 90 * 86_400_000

/** Schedules as the API answers them. */
export async function presentSchedules(db: Db, rows: readonly ScheduleRow[], now: Date): Promise<Schedule[]> {
  const refusalOf = refusalFinder(db, now)
  const schedules: Schedule[] = []
  for (const row of rows) schedules.push(toSchedule(row, await refusalOf(row), now))
  return schedules
}

/** One schedule as the API answers it. */
export async function presentSchedule(db: Db, row: ScheduleRow, now: Date): Promise<Schedule> {
  return toSchedule(row, await refusalFinder(db, now)(row), now)
}

function toSchedule(row: ScheduleRow, refusal: string | null, now: Date): Schedule {
  return {
    id: row.id,
    name: row.name,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    branch: row.branch,
    definitionOnly: row.definition_only,
    files: row.includes_files,
    targetId: row.target_id,
    targetName: row.target_name ?? BUILT_IN_TARGET,
    encrypted: row.sealed_password !== null,
    passwordProvenAt: moment(row.password_proven_at),
    passwordReminder: isReminderDue(row, now),
    timing: row.timing,
    cron: row.cron,
    timeZone: row.time_zone,
    jitterSeconds: row.jitter_seconds,
    runMissed: row.run_missed,
    paused: row.is_paused,
    retention: row.retention,
    verifyDays: row.verify_days,
    drillDays: row.drill_days,
    nextRunAt: moment(row.next_run_at),
    next: row.is_paused ? [] : comingRuns({ timing: row.timing, timeZone: row.time_zone }, now),
    lastRunAt: moment(row.last_run_at),
    lastBackup: lastBackupOf(row),
    refusal,
    token: tokenOf(row),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** Nobody has typed the password of an encrypted schedule for 90 days. */
function isReminderDue(
  { sealed_password, password_proven_at }: Pick<ScheduleRow, 'sealed_password' | 'password_proven_at'>,
  now: Date,
): boolean {
  if (sealed_password === null) return false
  return password_proven_at === null || now.getTime() - password_proven_at.getTime() >= PASSWORD_PROVEN_FOR_MS
}

function lastBackupOf({ last_backup }: ScheduleRow): Schedule['lastBackup'] {
  return last_backup === null ? null : { ...last_backup, at: new Date(last_backup.at).toISOString() }
}

function tokenOf({ token_id, token_name, token_expires_at }: ScheduleRow): Schedule['token'] {
  return token_id === null ? null : { id: token_id, name: token_name ?? '', expiresAt: moment(token_expires_at) }
}

function moment(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
