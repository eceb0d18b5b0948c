import { sql } from 'kysely'

import type { Retention } from '#api/contract/schedules.ts'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { removeBackup } from '../backups/remove-backup.ts'
import { findUnderWay } from '../restores/store.ts'
import { keep, keepsAll } from './keep.ts'
import { listRemovable, type Removable } from './kept-as.ts'

type RetentionDeps = Pick<Deps, 'connection' | 'targets' | 'hub' | 'log' | 'now'>

interface Scheduled {
  id: number
  name: string
  retention: Retention
  time_zone: string
}

/** Runs that failed, were cancelled or look wrong are to be looked at by a person, and are gone after this time. */
const NOT_GOOD_KEPT_MS = 30 * 86_400_000

/**
 * Removes what a schedule's retention keeps no longer. Pinned and safety backups and the last good one always stay; so
 * does what a restore reads, and what lies in a store that cannot be reached: that is tried again at the next run.
 */
export async function applyRetention(deps: RetentionDeps, scheduleId: number): Promise<void> {
  const { db } = deps.connection
  const tried = new Set<number>()
  for (;;) {
    // Read anew for each one: in the meantime somebody may have pinned or deleted one, or changed the numbers.
    const schedule = await db
      .selectFrom('schedule')
      .select(['id', 'name', 'retention', 'time_zone'])
      .where('id', '=', scheduleId)
      .executeTakeFirst()
    if (schedule === undefined) return
    const next = goes(await listRemovable(db, [scheduleId]), schedule, deps.now()).find(({ id }) => !tried.has(id))
    if (next === undefined) return
    tried.add(next.id)
    await remove(deps, schedule, next)
  }
}

/** What no rule keeps, oldest first. */
function goes(backups: Removable[], schedule: Scheduled, now: Date): Removable[] {
  const { retention, time_zone } = schedule
  const reasons = keep(backups, retention, time_zone)
  const oldest = now.getTime() - NOT_GOOD_KEPT_MS
  return backups
    .filter(({ id }) => reasons.get(id)?.length === 0)
    .filter(({ isGood, at, objectName }) => {
      if (isGood) return true
      return at.getTime() < oldest && !(objectName !== null && keepsAll(retention))
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** A restore, a verification or a drill is at work on it. */
async function isBeingRead(db: Db, backupId: number): Promise<boolean> {
  if ((await findUnderWay(db, { backupId })) !== undefined) return true
  const read = await db
    .selectFrom('backup')
    .select('id')
    .where('id', '=', backupId)
    .where(sql<boolean>`(verification->>'status' = 'running' or drill->>'status' in ('queued', 'running'))`)
    .executeTakeFirst()
  return read !== undefined
}

async function remove(deps: RetentionDeps, schedule: Scheduled, backup: Removable): Promise<void> {
  const { connection, hub, log } = deps
  if (await isBeingRead(connection.db, backup.id)) return
  try {
    const { id, createdAt, objectName, targetId } = backup
    await removeBackup(deps, { id, created_at: createdAt, object_name: objectName, target_id: targetId })
  } catch (error) {
    log.warn({ err: error, backupId: backup.id }, 'a backup that retention keeps no longer could not be removed')
    return
  }
  await connection.db
    .insertInto('audit_record')
    .values({
      at: deps.now(),
      actor_kind: 'system',
      actor_id: null,
      actor_label: `Retention of the schedule ${schedule.name}`,
      workspace_id: backup.workspaceId,
      action: 'backupDelete',
      target: JSON.stringify({ kind: 'backup', id: backup.id, name: backup.workspaceName }),
      detail: JSON.stringify({
        reason: 'retention',
        scheduleId: schedule.id,
        status: backup.status,
        at: backup.at.toISOString(),
      }),
      address: '',
      request_id: '',
    })
    .execute()
  await hub.publish(connection.db, { type: 'changed', resource: 'backups', id: backup.id })
}
