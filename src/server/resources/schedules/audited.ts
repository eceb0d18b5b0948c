import type { ScheduleRow } from './store.ts'

/** What the audit log tells of a schedule. */
export function auditedOf(row: ScheduleRow): object {
  const { name, branch, timing, retention, verify_days: verifyDays, drill_days: drillDays } = row
  return {
    name,
    branch,
    timing,
    retention,
    verifyDays,
    drillDays,
    timeZone: row.time_zone,
    jitterSeconds: row.jitter_seconds,
    runMissed: row.run_missed,
    paused: row.is_paused,
    definitionOnly: row.definition_only,
    files: row.includes_files,
    targetId: row.target_id,
    tokenId: row.token_id,
    encrypted: row.sealed_password !== null,
  }
}
