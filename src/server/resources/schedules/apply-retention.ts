import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'

import type { Retention } from '#api/contract/schedules.ts'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { removeBackup } from '../backups/remove-backup.ts'
import { findUnderWay } from '../restores/store.ts'
import { keep, keepsAll } from './keep.ts'
import { listRemovable, type Removable } from './kept-as.ts'
import { recordDeed } from './record.ts'

type RetentionDeps = Pick<Deps, 'connection' | 'targets' | 'hub' | 'log' | 'now'>

interface Scheduled {
  id: number
  name: string
  retention: Retention
  time_zone: string
}

/** Runs that failed, were cancelled or look wrong are to be looked at by a person, and are gone after this time. */
const NOT_GOOD_KEPT_MS = 30 * 86_400_000
/** Removed before the list is read anew. */
const BATCH = 200

/**
 * Removes what a schedule's retention keeps no longer. Pinned and safety backups and the last good one always stay; so
 * does what a restore reads, and what lies in a store that cannot be reached: that is tried again at the next run.
 */
export async function applyRetention(deps: RetentionDeps, scheduleId: number): Promise<void> {
  const { db } = deps.connection
  const tried = new Set<number>()
  for (;;) {
    const schedule = await db
      .selectFrom('schedule')
      .select(['id', 'name', 'retention', 'time_zone'])
      .where('id', '=', scheduleId)
      .executeTakeFirst()
    if (schedule === undefined) return
    const { going, lastGoodId } = goes(await listRemovable(db, [scheduleId]), schedule, deps.now())
    const next = going.filter(({ id }) => !tried.has(id)).slice(0, BATCH)
    if (next.length === 0) return
    for (const backup of next) {
      if (!(await isStillSo(db, schedule, backup, lastGoodId))) break
      tried.add(backup.id)
      await remove(deps, schedule, backup)
    }
  }
}

/** What no rule keeps, oldest first, and the good one that stays whatever the rules say. */
function goes(
  backups: Removable[],
  schedule: Scheduled,
  now: Date,
): { going: Removable[]; lastGoodId: number | undefined } {
  const { retention, time_zone } = schedule
  const reasons = keep(backups, retention, time_zone)
  const oldest = now.getTime() - NOT_GOOD_KEPT_MS
  const going = backups
    .filter(({ id }) => reasons.get(id)?.length === 0)
    .filter(({ isGood, at, objectName }) => {
      if (isGood) return true
      return at.getTime() < oldest && !(objectName !== null && keepsAll(retention))
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return { going, lastGoodId: backups.find(({ id }) => reasons.get(id)?.includes('last_good'))?.id }
}

/**
 * False where somebody pinned it or changed the numbers since they were read, or found the last good one to be damaged:
 * everything is then worked out anew. Doing that for each one would take hours for a schedule with many runs.
 */
async function isStillSo(
  db: Db,
  { id, retention, time_zone }: Scheduled,
  backup: Removable,
  lastGoodId: number | undefined,
): Promise<boolean> {
  const { rows } = await sql<Pick<Scheduled, 'retention' | 'time_zone'>>`
    select schedule.retention, schedule.time_zone from metadeck.schedule
    join metadeck.backup on backup.schedule_id = schedule.id
    where schedule.id = ${id} and backup.id = ${backup.id} and not backup.is_pinned and (
      ${lastGoodId ?? null}::bigint is null or exists (
        select from metadeck.backup good where good.id = ${lastGoodId ?? null} and good.status in ('succeeded', 'warnings')
      )
    )`.execute(db)
  return rows[0] !== undefined && isDeepStrictEqual(rows[0], { retention, time_zone })
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
    const row = { id, created_at: createdAt, object_name: objectName, target_id: targetId }
    // Of two processes at once, one tells of it.
    if (!(await removeBackup(deps, row, (trx) => recordRemoval(trx, schedule, backup, deps.now())))) return
  } catch (error) {
    log.warn({ err: error, backupId: backup.id }, 'a backup that retention keeps no longer could not be removed')
    return
  }
  await hub.publish(connection.db, { type: 'changed', resource: 'backups', id: backup.id })
}

function recordRemoval(trx: Db, schedule: Scheduled, backup: Removable, at: Date): Promise<void> {
  return recordDeed(trx, {
    at,
    by: `Retention of the schedule ${schedule.name}`,
    workspaceId: backup.workspaceId,
    action: 'backupDelete',
    target: { kind: 'backup', id: backup.id, name: backup.workspaceName },
    detail: { reason: 'retention', scheduleId: schedule.id, status: backup.status, at: backup.at.toISOString() },
  })
}
