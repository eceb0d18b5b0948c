import { sql } from 'kysely'

import { BackupStatus } from '#api/contract/backups.ts'
import type { Protection } from '#api/contract/protection.ts'
import type { Timing } from '#api/contract/schedules.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'
import { refusalFinder } from '../schedules/find-refusal.ts'

/** What the protection of one workspace is judged by. Times are as the database writes them. */
export interface Facts {
  workspaceId: number
  workspaceName: string
  schedules: JudgedSchedule[]
  lastGood: (Omit<NonNullable<Protection['lastGood']>, 'targetName'> & { targetName: string | null }) | null
  /** Status of the newest run that has ended; null where there is none. */
  lastStatus: BackupStatus | null
  lastDrillAt: string | null
  restoreShown: (NonNullable<Protection['restoreShown']> & { ms: number }) | null
  calendar: { day: string; statuses: BackupStatus[] }[]
}

export interface ScheduleFact {
  id: number
  name: string
  paused: boolean
  definitionOnly: boolean
  timing: Timing
  timeZone: string
  jitterSeconds: number
  nextRunAt: string | null
  /** Whoever saved it last: an access token or a person. */
  tokenId: number | null
  savedBy: number | null
}

/** With why it may not run now; null where it may, or pauses. */
export type JudgedSchedule = ScheduleFact & { refusal: string | null }

const DAY_MS = 86_400_000
const CALENDAR_DAYS = 35
/** Clocks of the machines that make backups differ by less. */
const SKEW_MS = 30 * 60_000
/**
 * From the worst on; of a day the first of these that it has is shown. What has not ended, or was stopped by somebody, says
 * nothing of how well the day went: it shows only where nothing else ran.
 */
const WORST_FIRST = ['failed', 'looks_wrong', 'warnings', 'succeeded', 'running', 'queued', 'cancelled'] as const

const SCHEDULES = sql`select coalesce(json_agg(json_build_object(
    'id', id, 'name', name, 'paused', is_paused, 'definitionOnly', definition_only, 'timing', timing,
    'timeZone', time_zone, 'jitterSeconds', jitter_seconds, 'nextRunAt', next_run_at,
    'tokenId', token_id, 'savedBy', saved_by
  ) order by name, id), '[]') as schedules
  from metadeck.schedule where workspace_id = workspace.id`

/**
 * One without rows would bring back empty tables. What a clock that was wrong dated in the future comes after all others,
 * which are newer for all that is known.
 */
const lastGoodBefore = (soon: Date) => sql`select json_build_object(
    'id', good.id, 'at', coalesce(good.started_at, good.created_at), 'bytes', good.bytes, 'rows', good.rows,
    'verifiedAt', good.verified_at, 'targetName', target.name
  ) as "lastGood"
  from metadeck.backup good left join metadeck.target on target.id = good.target_id
  where good.workspace_id = workspace.id and good.status in ('succeeded', 'warnings')
    and not good.definition_only and good.object_name is not null
  order by coalesce(good.started_at, good.created_at) > ${soon}, coalesce(good.started_at, good.created_at) desc,
    good.id desc
  limit 1`

const LAST_STATUS = sql`select status as "lastStatus" from metadeck.backup
  where workspace_id = workspace.id and kind in ('manual', 'scheduled')
    and status in ('succeeded', 'warnings', 'looks_wrong', 'failed')
  order by id desc limit 1`

/** One that is begun, was cancelled or failed remembers the last one of its backup that succeeded. */
const LAST_DRILL = sql`select good->>'at' as "lastDrillAt", (good->>'ms')::bigint as drill_ms
  from (
    select case drill->>'status' when 'succeeded' then drill else drill->'last' end as good
    from metadeck.backup where workspace_id = workspace.id and drill is not null
  ) drilled
  where good->>'at' is not null
  order by (good->>'at')::timestamptz desc limit 1`

/** Whole ones only: a chosen table says nothing of how long all of them take. */
const LAST_RESTORE = sql`select restore.finished_at as restored_at,
    round(extract(epoch from restore.finished_at - restore.started_at) * 1000)::bigint as restore_ms
  from metadeck.restore join metadeck.backup on backup.id = restore.backup_id
  where backup.workspace_id = workspace.id and not backup.definition_only
    and restore.status = 'succeeded' and restore.tables is null
    and restore.new_branch is null and restore.started_at is not null and restore.finished_at is not null
  order by restore.finished_at desc limit 1`

const calendarSince = (since: Date) => sql`select coalesce(json_agg(of_day.* order by day), '[]') as calendar
  from (
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, json_agg(status) as statuses
    from metadeck.backup
    where workspace_id = workspace.id and kind in ('manual', 'scheduled') and created_at >= ${since}
    group by 1
  ) of_day`

/** The facts of every workspace in reach: in one query, and one more for each who saved schedules of a workspace. */
export async function readFacts(
  db: Db,
  { workspaces }: Pick<Caller, 'workspaces'>,
  now: Date,
  workspaceId?: number,
): Promise<Facts[]> {
  const today = now.getTime() - (now.getTime() % DAY_MS)
  const since = new Date(today - (CALENDAR_DAYS - 1) * DAY_MS)
  const reach = workspaces === 'all' ? sql`true` : sql`workspace.id = any (${workspaces}::bigint[])`
  const chosen = workspaceId === undefined ? sql`true` : sql`workspace.id = ${workspaceId}`
  const { rows } = await sql<Omit<Facts, 'schedules'> & { schedules: ScheduleFact[] }>`
    select workspace.id as "workspaceId", workspace.name as "workspaceName",
      schedules, "lastGood", "lastStatus", "lastDrillAt", calendar,
      case
        when restored_at > coalesce("lastDrillAt"::timestamptz, '-infinity')
          then json_build_object('ms', restore_ms, 'by', 'restore', 'at', restored_at)
        when drill_ms is not null then json_build_object('ms', drill_ms, 'by', 'drill', 'at', "lastDrillAt")
      end as "restoreShown"
    from metadeck.workspace
    left join lateral (${SCHEDULES}) of_schedules on true
    left join lateral (${lastGoodBefore(new Date(now.getTime() + SKEW_MS))}) of_good on true
    left join lateral (${LAST_STATUS}) of_status on true
    left join lateral (${LAST_DRILL}) of_drill on true
    left join lateral (${LAST_RESTORE}) of_restore on true
    left join lateral (${calendarSince(since)}) of_calendar on true
    where ${reach} and ${chosen}
    order by workspace.name, workspace.id`.execute(db)
  const refusalOf = refusalFinder(db, now)
  const facts: Facts[] = []
  for (const { schedules, ...row } of rows) {
    facts.push({ ...row, schedules: await withRefusals(schedules, row.workspaceId, refusalOf) })
  }
  return facts
}

async function withRefusals(
  schedules: readonly ScheduleFact[],
  workspace_id: number,
  refusalOf: ReturnType<typeof refusalFinder>,
): Promise<JudgedSchedule[]> {
  const judged: JudgedSchedule[] = []
  for (const schedule of schedules) {
    const { paused, tokenId: token_id, savedBy: saved_by } = schedule
    const refusal = paused ? null : await refusalOf({ token_id, saved_by, workspace_id })
    judged.push({ ...schedule, refusal })
  }
  return judged
}

/** The facts that are shown as they are. */
export function shown(
  facts: Facts,
): Pick<Protection, 'lastGood' | 'schedules' | 'lastDrillAt' | 'expectedRestoreMs' | 'restoreShown' | 'calendar'> {
  const { lastGood, schedules, lastDrillAt, restoreShown, calendar } = facts
  return {
    lastGood: lastGood === null ? null : goodOf(lastGood),
    schedules: schedules.map(({ id, name, paused, nextRunAt, refusal }) => ({
      id,
      name,
      paused,
      nextRunAt: moment(nextRunAt),
      refusal,
    })),
    lastDrillAt: moment(lastDrillAt),
    expectedRestoreMs: restoreShown?.ms ?? null,
    restoreShown: restoreShown === null ? null : { by: restoreShown.by, at: new Date(restoreShown.at).toISOString() },
    calendar: calendar.map(({ day, statuses }) => ({
      day,
      runs: statuses.length,
      worst: BackupStatus.parse(WORST_FIRST.find((status) => statuses.includes(status))),
    })),
  }
}

function goodOf({ at, verifiedAt, targetName, ...good }: NonNullable<Facts['lastGood']>): Protection['lastGood'] {
  return {
    ...good,
    at: new Date(at).toISOString(),
    verifiedAt: moment(verifiedAt),
    targetName: targetName ?? BUILT_IN_TARGET,
  }
}

function moment(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
