import { type Selectable, sql } from 'kysely'

import type { BackupTable, ScheduleTable } from '../../db/tables.ts'
import type { JobPayloads } from '../../jobs/queue.ts'
import type { JobDeps } from '../../jobs/run.ts'
import { hasJob } from '../../jobs/sweep.ts'
import { queuedDrill } from '../restores/drill-proof.ts'
import { refusalFinder } from './find-refusal.ts'
import { takeTurn } from './turn.ts'

const DAY_MS = 86_400_000

type Backup = Pick<Selectable<BackupTable>, 'id' | 'sealed_password' | 'verified_at'> & {
  is_busy: boolean
  last_drill_at: Date | null
  last_drill_failed: boolean
}
type Scheduled = Pick<Selectable<ScheduleTable>, 'id' | 'verify_days' | 'drill_days'>

/**
 * Puts verifications and drills of schedules' newest good backups in the queue whose time has come again. As runs do, they
 * need the rights of who saved the schedule; that those are gone is told by the runs that fail for it.
 */
export async function recheckBackups(deps: JobDeps): Promise<void> {
  const schedules = await deps.connection.db
    .selectFrom('schedule')
    .select(['id', 'workspace_id', 'token_id', 'saved_by', 'verify_days', 'drill_days'])
    .where('is_paused', '=', false)
    .where((where) => where.or([where('verify_days', 'is not', null), where('drill_days', 'is not', null)]))
    .orderBy('id')
    .execute()
  const findRefusal = refusalFinder(deps.connection.db, deps.now())
  for (const schedule of schedules) {
    const backup = await newestGood(deps, schedule.id)
    if (backup === undefined || backup.is_busy || (await findRefusal(schedule)) !== null) continue
    const payload = { backupId: backup.id, sealedPassword: backup.sealed_password }
    if (await isVerifyDue(deps, schedule, backup)) await deps.jobs.enqueue('verify', payload)
    else if (await isDrillDue(deps, schedule, backup)) await queueDrill(deps, payload)
  }
}

async function newestGood({ connection: { db } }: JobDeps, scheduleId: number): Promise<Backup | undefined> {
  const { rows } = await sql<Backup>`
    select item.id, item.sealed_password, item.verified_at,
      ${hasJob('verify')} or ${hasJob('drill')} as is_busy,
      drilled.at as last_drill_at, coalesce(drilled.has_failed, false) as last_drill_failed
    from metadeck.backup item
    left join lateral (
      select (drill->>'at')::timestamptz as at, drill->>'status' in ('failed', 'cancelled') as has_failed
      from metadeck.backup where schedule_id = ${scheduleId} and drill is not null
      order by (drill->>'at')::timestamptz desc limit 1
    ) drilled on true
    where item.schedule_id = ${scheduleId} and item.kind = 'scheduled' and item.status in ('succeeded', 'warnings')
    order by coalesce(item.started_at, item.created_at) desc, item.id desc limit 1
  `.execute(db)
  return rows[0]
}

/** A verification that told nothing, because the target was away, is tried again a day later. */
async function isVerifyDue(deps: JobDeps, { id, verify_days }: Scheduled, { verified_at }: Backup): Promise<boolean> {
  if (verify_days === null) return false
  if (verified_at !== null && verified_at.getTime() > deps.now().getTime() - verify_days * DAY_MS) return false
  return takeTurn(deps.connection.db, { schedule: id, work: 'verify' }, DAY_MS, deps.now())
}

/**
 * Backups that were drilled may be gone by now, so that the time of the last drill is kept apart from them. One that
 * failed is tried again a day later.
 */
async function isDrillDue(deps: JobDeps, { id, drill_days }: Scheduled, backup: Backup): Promise<boolean> {
  if (drill_days === null) return false
  const everyMs = (backup.last_drill_failed ? 1 : drill_days) * DAY_MS
  const lastAt = backup.last_drill_at
  if (lastAt !== null && lastAt.getTime() > deps.now().getTime() - everyMs) return false
  return takeTurn(deps.connection.db, { schedule: id, work: 'drill' }, everyMs, deps.now())
}

/** The job does only what the backup says is to be done: without that, nothing would be drilled. */
async function queueDrill({ connection: { db }, jobs, now }: JobDeps, payload: JobPayloads['drill']): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('backup')
      .select('drill')
      .where('id', '=', payload.backupId)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return
    const drill = JSON.stringify(queuedDrill(now(), row.drill))
    await trx.updateTable('backup').set({ drill }).where('id', '=', payload.backupId).execute()
    await jobs.enqueue('drill', { ...payload, by: null }, trx)
  })
}
