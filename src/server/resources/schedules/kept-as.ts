import type { StripItem } from '#api/contract/schedules.ts'

import type { Db } from '../../db/connection.ts'
import { keep, type Kept, type KeepReasons } from './keep.ts'

/** Why a schedule's retention keeps a backup. */
export type KeepReason = Exclude<StripItem['keptAs'][number], 'pinned'>

/** A backup that a schedule's retention may take, and what is needed to take it. */
export type Removable = Kept & {
  scheduleId: number
  status: string
  workspaceId: number | null
  workspaceName: string
  objectName: string | null
  createdAt: Date
  targetId: number | null
}

/**
 * Why each good backup of these schedules stays, by backup id; an empty list = it goes at the next run. Backups that no
 * retention applies to are not in it: pinned ones, those under way, and those that are not good.
 */
export async function keptAs(db: Db, scheduleIds: readonly number[]): Promise<Map<number, KeepReason[]>> {
  const found = new Map<number, KeepReason[]>()
  if (scheduleIds.length === 0) return found
  const schedules = await db
    .selectFrom('schedule')
    .select(['id', 'retention', 'time_zone'])
    .where('id', 'in', scheduleIds)
    .execute()
  const backups = await listRemovable(db, scheduleIds)
  for (const { id: scheduleId, retention, time_zone } of schedules) {
    const own = backups.filter((backup) => backup.scheduleId === scheduleId)
    const reasons = keep(own, retention, time_zone)
    for (const { id, isGood, isPinned } of own) {
      if (isGood && !isPinned) found.set(id, withoutPinned(reasons.get(id) ?? []))
    }
  }
  return found
}

/** What lies there of these schedules' own runs; what is under way is not among it. */
export async function listRemovable(db: Db, scheduleIds: readonly number[]): Promise<Removable[]> {
  const rows = await db
    .selectFrom('backup')
    .select(['id', 'schedule_id', 'status', 'started_at', 'created_at', 'is_pinned'])
    .select(['workspace_id', 'workspace_name', 'object_name', 'target_id'])
    .where('schedule_id', 'in', scheduleIds)
    .where('kind', '=', 'scheduled')
    .where('status', 'not in', ['queued', 'running'])
    .orderBy('id')
    .execute()
  const removable = rows.map((row) => ({
    id: row.id,
    scheduleId: row.schedule_id ?? 0,
    at: row.started_at ?? row.created_at,
    status: row.status,
    isGood: row.status === 'succeeded' || row.status === 'warnings',
    isPinned: row.is_pinned,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    objectName: row.object_name,
    createdAt: row.created_at,
    targetId: row.target_id,
  }))
  return withoutFuture(removable)
}

/**
 * Where the clock was put back, what was made before lies in the future and would count as the newest for as long: here
 * a run is never newer than one of the same schedule that was made after it.
 */
function withoutFuture(backups: Removable[]): Removable[] {
  const latest = new Map<number, Date>()
  return backups
    .toReversed()
    .map((backup) => {
      const next = latest.get(backup.scheduleId)
      const at = next === undefined || backup.at < next ? backup.at : next
      latest.set(backup.scheduleId, at)
      return { ...backup, at }
    })
    .toReversed()
}

function withoutPinned(reasons: KeepReasons): KeepReason[] {
  return reasons.filter((reason) => reason !== 'pinned')
}
